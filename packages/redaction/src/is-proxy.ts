/** The part of a runtime that may have the modules of Node.js. */
interface Runtime {
  readonly process?: { getBuiltinModule?(name: string): unknown };
}

type Check = (value: unknown) => boolean;

let check: Check | undefined;
const never: Check = () => false;

/**
 * Whether the value is a `Proxy`, which may answer differently each time it is read. Only Node.js tells; elsewhere
 * `false`.
 */
export function isProxy(value: object): boolean {
  check ??= checkOfRuntime();
  return check(value);
}

function checkOfRuntime(): Check {
  try {
    const types = (globalThis as Runtime).process?.getBuiltinModule?.('node:util/types') as
      | { readonly isProxy?: Check }
      | undefined;
    return types?.isProxy ?? never;
  } catch {
    // An edge runtime, whose process has the function and throws when it is called.
    return never;
  }
}
