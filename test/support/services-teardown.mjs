/** Stops what services-setup.mjs started. */
export default async function teardown() {
  await globalThis.jiejianTestServices?.stop();
}
