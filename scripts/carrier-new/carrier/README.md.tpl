# __slug__

TODO: the interfaces that are used, in one line.
Limits, codes and facts with their sources: [docs/carriers.md](../../../../docs/carriers.md).

```yaml
carrierAccounts:
  - id: __slug__-main
    carrier: __slug__
    shops: "*"
    credentials: { appKey: "…", appSecret: "${__SLUG___SECRET}" }
```

| Credential            | Default | For                                                       |
| --------------------- | ------- | --------------------------------------------------------- |
| `appKey`, `appSecret` |         | TODO: where the courier's console shows them              |
| `meanings`            | `{}`    | codes, or words of the courier's text, and what they mean |

What the courier does not document, what stands in for it, and what to ask the courier: TODO

What surprises: TODO
