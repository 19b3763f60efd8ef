import { constantName } from './constant-name.ts';
import { quoted } from './render-requirements.ts';
import { sorted } from './sorted.ts';

/** A constant for the name of each metric, and `typeName`, the type of them all. */
export function renderMetricNames(
  typeName: string,
  metrics: Readonly<Record<string, { readonly brief: string }>>,
): string {
  const entries = sorted(metrics);
  const constants = entries.map(
    ([name, { brief }]) =>
      `/** ${brief}. */\nexport const METRIC_${constantName(name)} = ${quoted(name)} as const;\n`,
  );
  const union = entries.map(([name]) => `  | typeof METRIC_${constantName(name)}`).join('\n');
  return `${constants.join('')}\nexport type ${typeName} =\n${union};\n`;
}
