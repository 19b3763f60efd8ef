/** A `$` as the Collector reads it back: alone it starts a variable, anywhere in a configuration. */
export function escapeDollar(text: string): string {
  return text.replaceAll('$', '$$$$');
}
