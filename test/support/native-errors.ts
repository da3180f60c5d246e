import { types } from 'node:util';

// Jest runs each test file in a context of its own, with its own Error. Errors made by Node itself (fs, net, child
// processes) come from outside of it and would not be `instanceof Error`, though they are in production.
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (this === Error && types.isNativeError(value)) return true;
    return Function.prototype[Symbol.hasInstance].call(this, value);
  },
});
