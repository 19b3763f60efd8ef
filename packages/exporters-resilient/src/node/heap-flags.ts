/**
 * A size in MB that the process was started with, such as `--max-semi-space-size`: on its command line, or else in `nodeOptions`, the
 * variable NODE_OPTIONS.
 */
export function heapFlagMegabytes(name: string, nodeOptions = ''): number | undefined {
  // The last one holds, as for V8, which reads the command line behind NODE_OPTIONS.
  let size: number | undefined;
  for (const word of nodeOptions.split(/[\s"]+/).concat(process.execArgv)) {
    const [flag = '', value = ''] = word.split('=', 2);
    if (flag.replaceAll('_', '-') !== name || !/^\d+$/.test(value)) continue;
    // Zero is none of its own.
    size = Number(value) || undefined;
  }
  return size;
}
