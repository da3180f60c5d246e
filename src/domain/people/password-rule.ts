/** Letters of the shortest password that is taken. */
export const SHORTEST_PASSWORD = 8;
