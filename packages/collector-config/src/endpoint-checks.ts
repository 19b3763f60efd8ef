const REFERENCE = /\$\{env:\w+\}/g;
const HOST_PORT = /^(?:[\w.-]+|\[[\da-f:.]+\]):(\w{1,5})$/i;
const HIGHEST_PORT = 65_535;

/** Whether it is nothing but `${env:NAME}`. */
export function isReference(text: string): boolean {
  return /^\$\{env:\w+\}$/.test(text);
}

/** A URL, whatever the references in it stand for: a name or a number. */
export function isUrl(text: string): boolean {
  return ['x', '1'].some((instead) => {
    const filled = text.replaceAll(REFERENCE, instead);
    return /^https?:\/\/\S+$/.test(filled) && URL.canParse(filled);
  });
}

/** `host:port`, `[::1]:4317`; both may be or contain references. */
export function isHostAndPort(text: string): boolean {
  const port = HOST_PORT.exec(text.replaceAll(REFERENCE, '1'))?.[1];
  return port !== undefined && /^\d+$/.test(port) && Number(port) <= HIGHEST_PORT && port !== '0';
}

/** The port of `host:port`; `undefined` where a reference says it. */
export function portOf(text: string): number | undefined {
  const digits = /:(\d{1,5})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
