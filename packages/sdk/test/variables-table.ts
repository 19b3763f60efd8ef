import { environmentVariables, telemetryDefaults } from '@llm-otel/core/setup';

/** The reference of all environment variables as rows of a Markdown table, made from the one list of them. */
export function variablesTable(): string[] {
  return Object.entries(environmentVariables).map(([key, { name, kind, effect }]) => {
    const value = telemetryDefaults[key as keyof typeof telemetryDefaults] as
      | { toString(): string }
      | undefined;
    const unit = kind.unit === 'ms' ? ' ms' : '';
    const shown = value === undefined ? '' : `\`${value.toString()}\`${unit}`;
    return `| \`${name}\` | ${kind.type} | ${shown} | ${effect} |`;
  });
}
