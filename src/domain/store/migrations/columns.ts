/**
 * Column types used by every migration. Ids are text in `ascii_bin`: byte for byte, case kept, never a number (I23).
 * Times are UTC to the millisecond. Money is integer fen.
 */
export const ID = 'VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
export const CODE = 'VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin';
/** Numbers that come from outside (waybills, order ids, event ids): any characters, compared byte for byte. */
export const OUTSIDE_ID = 'VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
export const TIME = 'DATETIME(3)';
export const TABLE = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
