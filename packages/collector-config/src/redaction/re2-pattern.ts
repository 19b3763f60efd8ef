/** A pattern of a policy, which is one of JavaScript, as RE2 reads it; `undefined` where RE2 has nothing like it. */
export function re2Pattern(source: string): string | undefined {
  if (/\\[ck]|\[\^\]|\[\]|\\p\{[^}]*=/.test(source)) return undefined;
  return source
    .replaceAll(/\\u\{([0-9A-Fa-f]+)\}|\\u([0-9A-Fa-f]{4})/g, (_, long: string, short: string) => {
      return String.raw`\x{${long ?? short}}`;
    })
    .replaceAll('(?<', '(?P<');
}
