/**
 * Hands an error on. `import('…').catch(rethrow)` is how a bundler knows that a package may be missing: it then leaves the
 * import as it is, where it would fail without.
 */
export function rethrow(error: unknown): never {
  throw error;
}
