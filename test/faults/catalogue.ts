export type FaultId = `F${number}`;
