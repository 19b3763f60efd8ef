import {
  type Environment,
  EnvironmentReader,
  InvalidOptionError,
  nearestName,
} from '@llm-otel/core';
import {
  deploymentEnvironmentOf,
  environmentVariables,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import { environmentHash } from '../../choose-hash.ts';
import type { CheckOutcome, Finding } from './finding.ts';
import { attributesDropped, FEW_ATTRIBUTES, valuesCut } from './limit-findings.ts';
import { unreadVariables } from './unread-variables.ts';

/** What the environment says, as far as it can be used. */
export function readSettings(environment: Environment): {
  readonly settings: TelemetryEnvironment;
  readonly problems: readonly InvalidOptionError[];
} {
  const problems: InvalidOptionError[] = [];
  const reader = new EnvironmentReader(environment, (error) => problems.push(error));
  const entries = Object.entries(environmentVariables).map(
    ([key, { name, kind }]) => [key, kind.read(reader, name)] as const,
  );
  const set = entries.filter(([, value]) => value !== undefined);
  return { settings: Object.fromEntries(set) as TelemetryEnvironment, problems };
}

/** Variables that cannot be used, that switch things off, cut messages, or leave secrets in. */
export function checkEnvironment(environment: Environment): CheckOutcome {
  const { settings, problems } = readSettings(environment);
  const check = 'environment variables';
  const hash = environmentHash(settings);
  const hashFindings = hash instanceof InvalidOptionError ? [invalid(hash)] : [];
  if (settings.configFile !== undefined) {
    // A file stands in their place: what they say does not matter, but for what no file says.
    return { check, findings: [...hashFindings, ...disabledFindings(settings)] };
  }
  return {
    check,
    findings: [
      ...problems.map(invalid),
      ...hashFindings,
      ...unreadFindings(environment),
      ...disabledFindings(settings),
      ...limitFindings(environment),
      ...redactionFindings(settings),
    ],
  };
}

function invalid(error: InvalidOptionError): Finding {
  return {
    id: 'invalid-variable',
    severity: 'error',
    what: error.message,
    why: 'a variable that cannot be used counts as not set: the default holds, whatever was meant',
    fix: `correct ${error.option}, or take it away`,
  };
}

// A letter left out, put in or changed, or two exchanged: more is the variable of another program.
const MISSPELT_BY = 2;
const OURS = /^(OTEL|GEN_?AI|LLM)_/;
const UNREAD: ReadonlyMap<string, string> = new Map(
  unreadVariables.flatMap(({ names, why }) => names.map((name) => [name, why] as const)),
);

/** Variables that do nothing: misspelt, or standard ones that are not read here. Others may be for other programs. */
function unreadFindings(environment: Environment): Finding[] {
  const read = Object.values(environmentVariables).map(({ name }) => name);
  return Object.keys(environment).flatMap((name): Finding[] => {
    if (!OURS.test(name) || read.includes(name)) return [];
    const why = UNREAD.get(name);
    if (why !== undefined) {
      const what = `${name} is not read: ${why}`;
      return [{ id: 'variable-not-read', severity: 'note', what, why: NOTHING, fix: REMOVE }];
    }
    const meant = nearestName(name, read, MISSPELT_BY);
    if (meant === undefined) return [];
    const what = `${name} is not a variable: ${meant} is`;
    return [
      { id: 'unknown-variable', severity: 'warning', what, why: NOTHING, fix: `name it ${meant}` },
    ];
  });
}

const NOTHING = 'it does nothing, and nothing says so';
const REMOVE = 'take it away, so that nobody relies on it';

function disabledFindings({ enabled, sdkDisabled }: TelemetryEnvironment): Finding[] {
  if (enabled !== false && sdkDisabled !== true) return [];
  return [
    {
      id: 'disabled',
      severity: 'note',
      what: `${sdkDisabled === true ? 'OTEL_SDK_DISABLED=true' : 'OTEL_ENABLED=false'} switches telemetry off`,
      why: 'nothing is recorded, and no option in code wins over it',
      fix: 'take the variable away where telemetry is wanted',
    },
  ];
}

function limitFindings(environment: Environment): Finding[] {
  const findings: Finding[] = [];
  for (const name of [
    'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  ]) {
    const limit = Number(environment[name]);
    if (environment[name] === undefined || environment[name] === '' || !Number.isFinite(limit))
      continue;
    findings.push(valuesCut(name, environment[name]));
  }
  for (const name of ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_COUNT_LIMIT']) {
    const limit = Number(environment[name]);
    if (environment[name] === undefined || environment[name] === '' || !(limit < FEW_ATTRIBUTES))
      continue;
    findings.push(attributesDropped(name, environment[name]));
  }
  return findings;
}

function redactionFindings(settings: TelemetryEnvironment): Finding[] {
  const { redactionEnabled, captureContent } = settings;
  if (redactionEnabled !== false || !isProduction(settings)) return [];
  return [
    redactionOff(
      `OTEL_REDACTION_ENABLED=false in production${captureContent === 'span' ? ', where messages are recorded' : ''}`,
    ),
  ];
}

export function redactionOff(what: string): Finding {
  return {
    id: 'redaction-off',
    severity: 'error',
    what,
    why: 'keys, tokens and personal data in attributes, events and messages leave the process as they are',
    fix: 'take that away: redaction is on by default',
  };
}

function isProduction({
  deploymentEnvironment,
  nodeEnvironment,
  resourceAttributes,
}: TelemetryEnvironment): boolean {
  const name =
    deploymentEnvironment ??
    deploymentEnvironmentOf({ attributes: resourceAttributes ?? {} }) ??
    nodeEnvironment;
  return name === 'production' || name === 'prod';
}
