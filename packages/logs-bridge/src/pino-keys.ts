/** What a logger of pino calls its message, its error, and the object that holds what it is given. */
export interface PinoKeys {
  readonly message: string;
  readonly error: string;
  readonly nested: string | undefined;
}

/** Those of `logger`, which pino keeps under symbols that it does not register, or the ones in `otherwise`. */
export function keysOf(logger: object | undefined, otherwise: PinoKeys): PinoKeys {
  if (logger === undefined) return otherwise;
  return {
    message: textUnder('pino.messageKey', logger) ?? otherwise.message,
    error: textUnder('pino.errorKey', logger) ?? otherwise.error,
    nested: textUnder('pino.nestedKey', logger) ?? otherwise.nested,
  };
}

// Those of the copy of pino that was met last: mostly there is one.
const symbols = new Map<string, symbol>();

function textUnder(description: string, logger: object): string | undefined {
  const known = symbols.get(description);
  const value: unknown = known === undefined ? undefined : Reflect.get(logger, known);
  if (value !== undefined) return typeof value === 'string' ? value : undefined;
  for (let owner: object | null = logger; owner !== null; owner = Reflect.getPrototypeOf(owner)) {
    const symbol = Object.getOwnPropertySymbols(owner).find(
      (one) => one.description === description,
    );
    if (symbol === undefined) continue;
    symbols.set(description, symbol);
    const found: unknown = Reflect.get(logger, symbol);
    return typeof found === 'string' ? found : undefined;
  }
  return undefined;
}
