import { loadOs, loadV8, loadWorkerThreads } from './builtin.ts';
import { heapFlagMegabytes } from './heap-flags.ts';

const MB = 1024 * 1024;
const SEMISPACES = 3;
// Of the young generation at its largest: three semispaces of 16, 64 and 32 MB. Measured on Node.js 22, 24 and 26.
const YOUNG_OF_V8 = [
  { before: 13, bytes: 48 * MB },
  { before: 14, bytes: 192 * MB },
  { before: Infinity, bytes: 96 * MB },
];
// V8 gives a machine with little memory a smaller one: a 64th, for each semispace, of an old generation of half the memory.
const YOUNG_OF_MEMORY = 3 / 128;

/**
 * How many bytes V8 lets the old generation have, beyond which the process ends. Its `heap_size_limit` is that and the young
 * generation at its largest, which together are never used: with `--max-old-space-size=256` it is 448 MB on Node.js 24.
 */
export function heapLimitBytes(nodeOptions?: string): number {
  const whole = loadV8().getHeapStatistics().heap_size_limit;
  const young = youngBytes(nodeOptions);
  // Smaller than it should be, for reasons that cannot be seen from here.
  return young < whole ? whole - young : whole / 2;
}

/** Of the young generation at its largest. */
function youngBytes(nodeOptions: string | undefined): number {
  // A worker is told; the main thread has none of these.
  const { maxYoungGenerationSizeMb } = loadWorkerThreads().resourceLimits;
  if (maxYoungGenerationSizeMb !== undefined) return maxYoungGenerationSizeMb * MB;
  const semispace = heapFlagMegabytes('--max-semi-space-size', nodeOptions);
  // V8 takes the next power of two.
  if (semispace !== undefined) return 2 ** Math.ceil(Math.log2(semispace)) * SEMISPACES * MB;
  const major = Number.parseInt(process.versions.v8, 10);
  const byVersion = YOUNG_OF_V8.find(({ before }) => major < before)?.bytes ?? 0;
  return Math.min(byVersion, memoryBytes() * YOUNG_OF_MEMORY);
}

/** Bytes of the heap in use, garbage included. */
export interface HeapBytes {
  /** Beside the young generation. */
  readonly old: number;
  /** All that the young generation has room for: V8 looks for as much in the old one before it collects it. */
  readonly young: number;
}

export function heapBytesInUse(): HeapBytes {
  let old = 0;
  let young = 0;
  for (const {
    space_name,
    space_used_size,
    space_available_size,
  } of loadV8().getHeapSpaceStatistics())
    if (space_name === 'new_space') young += space_used_size + space_available_size;
    else old += space_used_size;
  return { old, young };
}

/** Bytes that the container allows, or the machine has. */
function memoryBytes(): number {
  return Math.min(containerBytes() ?? Infinity, loadOs().totalmem());
}

/** Bytes that the container allows, where there is one with a limit. */
export function containerBytes(): number | undefined {
  const bytes = process.constrainedMemory();
  return bytes > 0 && bytes < loadOs().totalmem() ? bytes : undefined;
}
