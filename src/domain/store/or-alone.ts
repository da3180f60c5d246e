import { DatabaseUnavailable } from './database.js';

/**
 * What fails together is done alone: it may have failed over one of them. A database that is away is away for each of them
 * too: that is thrown.
 */
export async function orAlone<T>(together: Promise<T>, alone: () => Promise<T>): Promise<T> {
  try {
    return await together;
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    return alone();
  }
}
