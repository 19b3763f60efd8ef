/** A size in MB that the process was started with, such as `--max-old-space-size`: on its command line, or else by NODE_OPTIONS. */
export function heapFlagMegabytes(name: string): number | undefined {
  // The last one holds, as for V8, which reads the command line behind NODE_OPTIONS. Containers often have no other place.
  const words = (process.env['NODE_OPTIONS'] ?? '').split(/[\s"]+/).concat(process.execArgv);
  let size: number | undefined;
  for (const word of words) {
    const [flag = '', value = ''] = word.split('=', 2);
    if (flag.replaceAll('_', '-') !== name || !/^\d+$/.test(value)) continue;
    // Zero is none of its own.
    size = Number(value) || undefined;
  }
  return size;
}
