import { isDuplicate } from './database.js';

const MOST_TRIES = 10;

/**
 * Reads what is missing and inserts it, again when somebody else inserted the same at that moment. A plain INSERT that
 * collides fails as a whole and says so, and its transaction goes on. An upsert into a table that numbers its rows takes any
 * collision for a row that is known: under load, two that overlapped lost rows which the server counted as inserted.
 * `readAndInsert` must leave out what is there. Throws the collision that does not go away.
 */
export async function insertMissing<T>(readAndInsert: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await readAndInsert();
    } catch (error) {
      if (tries >= MOST_TRIES || !isDuplicate(error)) throw error;
    }
  }
}
