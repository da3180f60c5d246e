interface CapabilitiesProps {
  readonly name: string;
  /** What it can do and what not, in words. */
  readonly rows: readonly { readonly label: string; readonly can: boolean }[];
}

/** What a courier or a platform can do, by its manifest: a sign and a word each, never a colour alone. */
export function Capabilities({ name, rows }: CapabilitiesProps) {
  return (
    <ul className="can" aria-label={name}>
      {rows.map(({ label, can }) => (
        <li key={label} className={can ? 'can-yes' : 'can-no'}>
          <span aria-hidden="true">{can ? '✓' : '✕'}</span> {can ? label : <s>{label}</s>}
        </li>
      ))}
    </ul>
  );
}
