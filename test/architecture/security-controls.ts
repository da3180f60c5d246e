/** A test that proves a control: its file, and its name or the beginning of it, as it stands in that file. */
export interface Proof {
  readonly file: string;
  readonly test: string;
}

/** One of the controls S1 to S30. */
export interface Control {
  readonly title: string;
  /** What is done, in short. */
  readonly how: string;
  readonly where: readonly string[];
  readonly proofs: readonly Proof[];
  /** What of it is not done, and why; said in docs/security.md as well. */
  readonly not?: string;
}

const HTTP = 'test/integration/http';
const proof = (file: string, test: string): Proof => ({ file, test });

/** Every control, where it is in the source and which test fails without it. docs/security.md is written from this. */
export const CONTROLS: Readonly<Record<string, Control>> = {
  S1: {
    title: 'Raw body first, with a checked limit',
    how: '64 KiB on webhooks, 1 MiB on pushes and the API, read as the bytes that were signed, never inflated; limits are numbers, not texts to parse',
    where: ['src/producers/http/raw-body.ts', 'src/dashboard/api/mount.ts'],
    proofs: [
      proof(`${HTTP}/intake.test.ts`, 'of exactly 64 KiB is taken, one byte more is 413'),
      proof(`${HTTP}/intake.test.ts`, 'that is compressed is 415'),
      proof(`${HTTP}/intake.test.ts`, 'may be 1 MiB and no more'),
    ],
  },
  S2: {
    title: 'Signatures over the exact bytes',
    how: 'each adapter verifies as its platform or courier signs; MD5 is what some of them offer, so no message moves money by itself: the platform is read again before a refund counts',
    where: ['src/producers/platforms', 'src/workers/carriers', 'src/producers/http/webhooks.ts'],
    proofs: [
      proof('test/contract/platform-cases-push.ts', 'what is not from the platform is not verified'),
      proof('test/contract/platform-cases-push.ts', 'a flipped bit of the body is refused'),
      proof(
        'test/contract/carrier-cases-ask.ts',
        'a push that was changed by one bit, or carries no signature, is not verified',
      ),
      proof('test/unit/generic/sign.test.ts', 'of the well-known example is taken'),
    ],
    not: 'no allow-list of sender addresses: platforms publish none that is stable',
  },
  S3: {
    title: 'Comparison in constant time',
    how: '`timingSafeEqual` over equal lengths; the length of a digest is no secret',
    where: ['src/workers/carriers/same-digest.ts', 'src/domain/people/password.ts'],
    proofs: [
      proof('test/unit/carriers/same-digest.test.ts', 'is right for every length up to 200'),
      proof('test/architecture/danger-rules.ts', 'a signature compared letter by letter'),
    ],
  },
  S4: {
    title: 'Replays',
    how: 'unique (source, event id) in the inbox for ever: after `rawDays` the text goes, the key stays; where the sender signs a time, it must be within 5 minutes',
    where: [
      'src/domain/store/inbox-store.ts',
      'src/domain/store/retention-store.ts',
      'src/producers/platforms/generic/sign.ts',
    ],
    proofs: [
      proof(`${HTTP}/intake.test.ts`, 'delivered twice, at once and later, is one row'),
      proof(
        'test/integration/retention.test.ts',
        'loses its text after 30 days and keeps its row, so that a message sent again is still known',
      ),
      proof('test/unit/generic/sign.test.ts', 'may be %d ms away from our clock: %s'),
    ],
  },
  S5: {
    title: 'Keys of webhooks, each shop its own',
    how: 'a shop’s key is in its own sealed row; after a change the one before verifies what comes in for 24 hours more and is never used for a call; the generic door and our own webhooks carry several signatures; a change is followed within 2 s',
    where: [
      'src/domain/store/settings-rows.ts',
      'src/domain/store/former-credentials.ts',
      'src/producers/platforms/generic/sign.ts',
      'src/system.ts',
    ],
    proofs: [
      proof('test/unit/generic/sign.test.ts', 'is one of several, in any place, so that a secret can be changed'),
      proof('test/integration/settings-store.test.ts', 'takes an applied change over within two seconds'),
      proof('test/e2e/web-door.test.ts', 'under a stream of messages signed with the ones before reject none of them'),
      proof('test/e2e/web-door.test.ts', 'no longer count when a day is over'),
    ],
    not: 'a key that replaced another within the day replaces it as the former one too: the third to last is refused',
  },
  S6: {
    title: 'Strict known fields, tolerated unknown ones',
    how: 'ids are texts, read losslessly; enumerations end in `unknown`, which is never a yes; nothing from outside is merged into an object',
    where: ['src/domain/lossless.ts', 'src/dashboard/api/field-errors.ts'],
    proofs: [
      proof(
        'test/contract/platform-cases-push.ts',
        'whatever bytes come, checking and cutting throw nothing, and reading refuses with a reason',
      ),
      proof(
        `${HTTP}/hostile-fields.test.ts`,
        'takes hostile fields for what they are, never for SQL, and does not echo them',
      ),
      proof('test/architecture/danger-rules.ts', 'a merge of raw input'),
    ],
  },
  S7: {
    title: 'Limits of time, headers and connections',
    how: 'headers 5 s, bodies 5 s, requests 10 s, looked at each second; headers 16 KiB; 10,000 connections',
    where: ['src/dashboard/server.ts', 'src/producers/http/raw-body.ts'],
    proofs: [
      proof(`${HTTP}/raw-sockets.test.ts`, 'of headers or of a body is cut off'),
      proof(`${HTTP}/raw-sockets.test.ts`, 'of headers without an end is refused at 16 KiB'),
      proof(`${HTTP}/raw-sockets.test.ts`, 'who opens 500 connections and says nothing keeps no webhook out'),
    ],
    not: 'no limit of requests for one connection: Node answers 503 beyond it, which would turn away platforms that keep theirs',
  },
  S8: {
    title: 'No request smuggling, no made-up addresses',
    how: 'Node’s strict parser and nothing that loosens it; a proxy is believed only when it is named by TRUST_PROXY',
    where: ['src/dashboard/server.ts', 'src/config-fields.ts'],
    proofs: [
      proof(`${HTTP}/raw-sockets.test.ts`, 'is refused, and nothing behind it is read'),
      proof(`${HTTP}/raw-sockets.test.ts`, 'cannot be made up by whoever sends X-Forwarded-For'),
      proof('test/architecture/danger-rules.ts', 'a lenient HTTP parser'),
    ],
  },
  S9: {
    title: 'Rate limits',
    how: 'per token for the API, per address and account for logins; a forged message costs one signature and one counter, a flood of them one log line in 10 s',
    where: ['src/dashboard/api/mount.ts', 'src/dashboard/auth/login-limits.ts', 'src/producers/http/forgeries.ts'],
    proofs: [
      proof(`${HTTP}/request.test.ts`, 'of one caller are 429 with Retry-After, while another goes on'),
      proof(`${HTTP}/raw-sockets.test.ts`, 'is one for an IPv4 address however it is written'),
      proof(`${HTTP}/intake.test.ts`, 'forged a hundred times gives one log line'),
    ],
    not: 'webhooks have no rate of their own: the signature is the gate, and what cannot be kept is answered with 503; limits are kept by each web process for itself',
  },
  S10: {
    title: 'Errors that say nothing of our insides',
    how: 'RFC 9457 problems with a stable code; 503 with Retry-After when the database is away or the waiting room is full',
    where: ['src/dashboard/problem.ts', 'src/producers/http/refusals.ts'],
    proofs: [
      proof(`${HTTP}/every-route.test.ts`, 'says nothing of our insides, and the log says where to look'),
      proof(`${HTTP}/bull-board.test.ts`, 'says nothing of our insides when Redis is gone'),
      proof('test/e2e/locked-down.test.ts', 'is not in %s'),
    ],
  },
  S11: {
    title: 'Calls lead outside only',
    how: 'notifications and webhooks connect to the very address that was checked; addresses typed at a page must be https, public and on port 443; those of `jiejian apply` are trusted; no redirect is followed',
    where: ['src/domain/settings/typed-urls.ts', 'src/public-url.ts', 'src/workers/notify/address-guard.ts'],
    proofs: [
      proof('test/unit/domain/typed-urls.test.ts', 'is never %s'),
      proof(`${HTTP}/config.test.ts`, 'takes no address that leads into our own network from a page'),
      proof(
        'test/unit/notify/address-guard.test.ts',
        'gives the very address that was checked, so that a second answer of DNS changes nothing',
      ),
      proof('test/contract/http-sender.test.ts', 'are handed over whatever their status, redirects included'),
    ],
    not: 'a public name that is typed for a courier and later leads inside is stopped by TLS alone: the inner server has no certificate for it',
  },
  S12: {
    title: 'TLS of calls is verified',
    how: 'undici’s and ws’s defaults, and nothing that loosens them',
    where: ['src/workers/carriers/http.ts', 'src/workers/notify/post.ts'],
    proofs: [
      proof('test/contract/egress-tls.test.ts', 'is sent no order: the call ends before a byte of it has left'),
      proof('test/architecture/danger-rules.ts', 'TLS that is not verified'),
    ],
  },
  S13: {
    title: 'Logins',
    how: 'scrypt N=2^15, r=8, p=3; the same answer and time for nobody and a wrong password; 10 failures for an account from an address, 30 from an address, 100 for an account, in 5 minutes',
    where: ['src/domain/people/password.ts', 'src/dashboard/auth/login-limits.ts'],
    proofs: [
      proof('test/unit/people.test.ts', 'of nobody takes as long as a wrong one'),
      proof(
        `${HTTP}/login.test.ts`,
        'is stopped with 429 and Retry-After, while the owner at another address still gets in',
      ),
    ],
    not: 'no second factor yet (TOTP comes later)',
  },
  S14: {
    title: 'Sessions',
    how: 'kept on the server under a hash of their id; `__Host-` and Secure over https, HttpOnly, SameSite; a new id at login; 30 minutes idle, 12 hours at most; rights are read anew with each request',
    where: ['src/dashboard/auth/session.ts', 'src/domain/store/session-store.ts'],
    proofs: [
      proof(`${HTTP}/login.test.ts`, 'gives a new session id, so that an id planted beforehand is worth nothing'),
      proof(`${HTTP}/login.test.ts`, 'cookies are tied to this host and to TLS'),
      proof(`${HTTP}/login.test.ts`, 'is over after logging out'),
      proof(`${HTTP}/login.test.ts`, 'ends twelve hours after the login, however busy it was'),
    ],
  },
  S15: {
    title: 'CSRF',
    how: 'double submit bound to the session by HMAC, and Sec-Fetch-Site or Origin; JSON only',
    where: ['src/dashboard/auth/csrf.ts', 'src/dashboard/auth/same-origin.ts'],
    proofs: [
      proof(`${HTTP}/access.test.ts`, 'is 403 with the token of another session, even if its cookie was planted too'),
      proof(
        `${HTTP}/every-route.test.ts`,
        'are those of the two tables, so that none can be added without its guard being tried',
      ),
    ],
  },
  S16: {
    title: 'Roles and shops, denied by default',
    how: 'each route names one scope; another shop’s object is 404; nobody gives more than he has; tokens have scopes (`people:write`, `audit:read`, …) and shops of their own',
    where: ['src/dashboard/api/mount.ts', 'src/domain/people/scopes.ts', 'src/dashboard/api/all-shops.ts'],
    proofs: [
      proof(`${HTTP}/access.test.ts`, 'is for a person with the role %s what the role’s scopes say'),
      proof(
        `${HTTP}/shop-scope.test.ts`,
        'knows every address with an id in it, so that a new one cannot be forgotten',
      ),
      proof(`${HTTP}/shop-scope.test.ts`, 'is 404 for whoever sees another shop only, whatever his scopes'),
      proof(`${HTTP}/people.test.ts`, 'raises himself with a token that manages people'),
    ],
    not: 'two persons are asked only for money reversals above a limit, and no person reverses money by hand yet',
  },
  S17: {
    title: 'Bull Board reads only',
    how: 'behind the login, `readOnlyMode`, and a guard of our own that answers 405 to all but GET and HEAD; job data masked',
    where: ['src/dashboard/bull-board.ts'],
    proofs: [
      proof(`${HTTP}/bull-board.test.ts`, 'takes no %s %s, logged in or not'),
      proof(`${HTTP}/bull-board.test.ts`, 'lets no personal data and no stack out at %s'),
    ],
  },
  S18: {
    title: 'Jobs hold ids only',
    how: '`{id, dispatch}`; the row is read from MySQL',
    where: ['src/producers/queues.ts'],
    proofs: [proof('test/e2e/locked-down.test.ts', 'is not in a job either, which names a row and nothing else (S18)')],
  },
  S19: {
    title: 'Personal data',
    how: 'messages and return addresses are sealed (AES-256-GCM, key id, bound to their row); courier texts are kept with phones masked; exchanges are masked before they are stored; `rawDays` and `personalDays` end it all',
    where: [
      'src/domain/secrets/sealed-message.ts',
      'src/domain/store/retention-store.ts',
      'src/workers/carriers/mask.ts',
    ],
    proofs: [
      proof('test/integration/sealed-at-rest.test.ts', 'holds nothing readable of the buyer'),
      proof('test/integration/sealed-at-rest.test.ts', 'copied to another row does not open'),
      proof('test/integration/sealed-at-rest.test.ts', 'needs the key before only until everything is sealed anew'),
      proof('test/integration/retention.test.ts', 'of the road loses what it says of people after 90 days'),
      proof('test/e2e/locked-down.test.ts', 'was really sent: the message with the buyer in it is there, sealed'),
    ],
    not: 'one key for all shops and no key service: SECRET_KEY is the only key to keep. No page reveals a masked phone, so there is nothing to audit',
  },
  S20: {
    title: 'Secrets stay inside',
    how: 'from the environment or a 0600 file; default and weak keys are refused at the start; log fields named after secrets are blanked; credentials can be written at a page and never read',
    where: ['src/domain/secrets/secret-key.ts', 'src/log.ts', 'src/check-access.ts'],
    proofs: [
      proof('test/e2e/locked-down.test.ts', 'is not in %s'),
      proof('test/unit/log.test.ts', 'never shows a field called %s, at the top or within (S20)'),
      proof(`${HTTP}/config.test.ts`, 'shows every field but the secrets, and of those only that they are set'),
      proof('test/unit/checks.test.ts', 'a password everybody knows protects a service on the network'),
    ],
  },
  S21: {
    title: 'No forged lines',
    how: 'the log is one JSON object a line; texts from outside lose their control characters on a terminal',
    where: ['src/log.ts', 'src/cli/io.ts'],
    proofs: [
      proof('test/unit/log.test.ts', 'with %s in it is one line that reads as it was meant'),
      proof('test/unit/log.test.ts', 'moves no cursor, rings no bell and turns no line around'),
    ],
  },
  S22: {
    title: 'CSV that spreadsheets do not run',
    how: 'RFC 4180, an apostrophe before `= + - @`, tab, return, zero byte and full-width forms; long numbers stay text',
    where: ['src/dashboard/presenters/csv.ts', 'src/dashboard/api/import-errors.ts', 'src/cli/import.ts'],
    proofs: [
      proof('test/unit/dashboard/csv.test.ts', 'is no formula'),
      proof('test/unit/dashboard/csv.test.ts', 'never begins as a formula, whatever came from outside'),
    ],
  },
  S23: {
    title: 'XSS',
    how: 'React escapes; nothing is set as markup; a policy of our own scripts only, styles by nonce',
    where: ['src/dashboard/security-headers.ts', 'src/dashboard/ui-files.ts'],
    proofs: [
      proof('test/browser/stored-xss.test.ts', 'stays a text on the page'),
      proof(
        `${HTTP}/access.test.ts`,
        'carries the security headers, a request id, and no word about what we are made of',
      ),
      proof('test/architecture/danger-rules.ts', 'markup from data'),
    ],
  },
  S24: {
    title: 'SQL injection',
    how: 'parameters only, `stringifyObjects`, one statement at a time; zod proves that a scalar is one; what stands in a statement was looked at',
    where: ['src/domain/store/database.ts', 'src/domain/store/where.ts'],
    proofs: [
      proof(`${HTTP}/hostile-fields.test.ts`, 'no statement had failed over what was sent'),
      proof('test/architecture/danger.test.ts', 'are put together from names of our own only; values are bound (S24)'),
    ],
  },
  S25: {
    title: 'Accounts with the least rights',
    how: '`jiejian grants` prints them from the tables as they are; a Redis user for `jj:*` without dangerous commands',
    where: ['src/domain/store/grants.ts', 'deploy/accounts.md', 'deploy/redis-users.acl'],
    proofs: [
      proof(
        'test/e2e/locked-down.test.ts',
        'the whole way works: a refund comes in, the parcel comes back, the fee is booked',
      ),
      proof('test/e2e/locked-down.test.ts', 'the database refuses %s'),
      proof('test/e2e/locked-down.test.ts', 'Redis refuses %s %s'),
    ],
  },
  S26: {
    title: 'Audit log',
    how: 'a chain of hashes written with its effect; triggers and grants let it only grow; its head is logged daily as an anchor: `jiejian audit verify --anchor`',
    where: [
      'src/domain/store/audit-store.ts',
      'src/domain/store/migrations/0013-audit-append-only.ts',
      'src/cli/audit.ts',
    ],
    proofs: [
      proof('test/integration/audit-store.test.ts', 'shows a change of the %s of one row'),
      proof('test/integration/audit-store.test.ts', 'only grows: the database refuses to delete or change an entry'),
      proof(
        'test/integration/audit-store.test.ts',
        'that was written anew from its first row is found out by a head that was noted elsewhere',
      ),
      proof(`${HTTP}/export.test.ts`, 'stands in the audit chain with who took which part of the list (S26)'),
      proof('test/integration/cli.test.ts', 'ends with 0 while the chain is whole and with 1 when somebody touched it'),
    ],
    not: 'failed logins are in the log, not in the chain: a flood of guesses would make everybody wait for its end',
  },
  S27: {
    title: 'Patterns that cannot hang',
    how: 'no pattern comes from outside; ours are linear',
    where: ['src/dashboard/api/schemas'],
    proofs: [
      proof(`${HTTP}/hostile-fields.test.ts`, 'the schemas had been quick with 100 KB of anything (S27)'),
      proof('test/architecture/danger-rules.ts', 'a pattern made of data'),
    ],
  },
  S28: {
    title: 'Packages',
    how: 'a lock file with hashes, lowest versions without known faults, the few packages that may run a script when installed',
    where: ['security/min-versions.json', 'package-lock.json'],
    proofs: [
      proof(
        'test/architecture/supply-chain.test.ts',
        'holds no version with a known fault, no script that nobody allowed, and a hash for what is installed',
      ),
      proof('test/architecture/deployment.test.ts', 'names no registry but the public one'),
    ],
    not: '`npm ci` runs install scripts, of three packages on the list; binaries for other systems have no hash in the lock file (scripts/complete-lock.mjs)',
  },
  S29: {
    title: 'The process',
    how: 'files it makes are nobody else’s (umask 077); the image runs as `node` with `--disable-proto=delete`; a start as root is warned about',
    where: ['src/cli.ts', 'deploy/Dockerfile', 'src/check-access.ts'],
    proofs: [
      proof('test/unit/checks.test.ts', 'it runs as root'),
      proof('test/e2e/locked-down.test.ts', "NODE_OPTIONS: '--disable-proto=delete'"),
      proof('test/architecture/security-controls.test.ts', 'runs as a user of its own, without __proto__'),
    ],
    not: 'core dumps and a read-only root are the orchestrator’s to set',
  },
  S30: {
    title: 'Health',
    how: '`/livez` says nothing; `/readyz` names what is not ready and nothing more; `/metrics` only on METRICS_PORT (contract section 5)',
    where: ['src/dashboard/health.ts', 'src/dashboard/metrics.ts'],
    proofs: [
      proof(`${HTTP}/access.test.ts`, 'names the components that are not ready, and nothing more'),
      proof(`${HTTP}/metrics.test.ts`, 'are the only thing on their port, and not on the public one'),
    ],
  },
};
