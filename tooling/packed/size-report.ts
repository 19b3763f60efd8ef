import type { ImportTimes } from './import-time.ts';
import type { InstallSize } from './size-checks.ts';
import { importTarget, rival } from './size-targets.ts';

/** The outcome of targets Z1 and Z2, for machines and for the table. */
export interface SizeReport {
  readonly installs: readonly {
    readonly name: string;
    readonly packages: number;
    readonly floor: number;
    readonly megabytes: number;
    readonly foreign: readonly string[];
    readonly met: boolean;
  }[];
  readonly importMillis: {
    readonly bareSdk: number;
    readonly ours: number;
    readonly importOnly: number;
    readonly aboveBare: number;
    readonly floor: number;
    readonly stretch: number;
    readonly processes: number;
    readonly met: boolean;
  };
  readonly rival: typeof rival;
  readonly met: boolean;
}

/** Holds what was measured against the targets. */
export function sizeReport(sizes: readonly InstallSize[], times: ImportTimes): SizeReport {
  const installs = sizes.map(({ target, packages, megabytes, foreign }) => ({
    name: target.name,
    packages,
    floor: target.floor,
    megabytes: rounded(megabytes),
    foreign,
    met: packages <= target.floor && foreign.length === 0,
  }));
  const aboveBare = times.ours - times.bare;
  const importMillis = {
    bareSdk: rounded(times.bare),
    ours: rounded(times.ours),
    importOnly: rounded(times.importOnly),
    aboveBare: rounded(aboveBare),
    floor: importTarget.floorMillis,
    stretch: importTarget.stretchMillis,
    processes: times.processes,
    met: aboveBare <= importTarget.floorMillis,
  };
  const met = importMillis.met && installs.every((install) => install.met);
  return { installs, importMillis, rival, met };
}

/** The report as a table for people. */
export function formatSizes({ installs, importMillis, rival }: SizeReport): string {
  const rows = [
    ['', 'ours', 'floor', 'on disk', ''],
    ...installs.map(({ name, packages, floor, megabytes, foreign, met }) => [
      `Z1 ${name}`,
      `${packages} packages`,
      `${floor}`,
      `${megabytes.toFixed(1)} MB`,
      met ? 'ok' : foreign.length > 0 ? `not ours: ${foreign.join(', ')}` : 'MISSED',
    ]),
    [
      'Z2 cold import above the bare SDK',
      `${importMillis.aboveBare} ms`,
      `${importMillis.floor} ms`,
      '',
      importMillis.met
        ? importMillis.aboveBare <= importMillis.stretch
          ? 'ok, stretch met'
          : 'ok'
        : 'MISSED',
    ],
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    ...table,
    '',
    `Cold import and start: ours ${importMillis.ours} ms (import alone ${importMillis.importOnly} ms), bare SDK ` +
      `${importMillis.bareSdk} ms; medians of ${importMillis.processes} processes each.`,
    `For comparison: ${rival.name} ${rival.packages} packages, ${rival.megabytes} MB, ${rival.importMillis} ms ` +
      `(${rival.source}, not measured here).`,
  ].join('\n');
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
