/** Can this be the freight in that amount? What is not stated contradicts nothing. Integer fen. */
export function isFreightOf(postFen: number | undefined, amountFen: number | undefined): boolean {
  return postFen === undefined || amountFen === undefined || postFen <= amountFen;
}
