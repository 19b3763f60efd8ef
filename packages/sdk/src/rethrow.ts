/**
 * Hands an error on. `import(/* turbopackOptional: true *\/ '…').catch(rethrow)` is how bundlers know that a package may be
 * missing: esbuild by the catch, Turbopack by the comment. They then leave the import as it is, where they would fail
 * without.
 */
export function rethrow(error: unknown): never {
  throw error;
}
