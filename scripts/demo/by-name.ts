/** A value for each name, in the order of the names. */
export function byName<N extends string, T>(names: readonly N[], make: (name: N) => T): Readonly<Record<N, T>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N, T>;
}

/** The same, each made in its time; all at once. */
export async function eachName<N extends string, T>(
  names: readonly N[],
  make: (name: N) => Promise<T>,
): Promise<Readonly<Record<N, T>>> {
  const made = await Promise.all(names.map(async (name): Promise<[N, T]> => [name, await make(name)]));
  return Object.fromEntries(made) as Record<N, T>;
}
