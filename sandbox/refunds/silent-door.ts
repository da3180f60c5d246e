import type { Door } from './door.js';

/** A platform that tells nobody anything: what happened is found by asking it. */
export class SilentDoor implements Door {
  #told = 0;

  tell(): string {
    this.#told += 1;
    return `silent-${this.#told}`;
  }

  state(): 'acknowledged' {
    return 'acknowledged';
  }

  restore(): void {}

  counts() {
    return { started: this.#told, acknowledged: this.#told, givenUp: 0, attempts: this.#told };
  }

  start(): void {}
  stop(): void {}
}
