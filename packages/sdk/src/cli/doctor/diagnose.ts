import { existsSync as isThere } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '@llm-otel/core';
import { checkApiCopies, dependsOnApi } from './check-api-copies.ts';
import { checkDoubleInstrumentation } from './check-double-instrumentation.ts';
import { checkEffectiveSettings, settingsInProcess } from './check-effective-settings.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { checkEnvironment } from './check-environment.ts';
import { checkImportOrder } from './check-import-order.ts';
import { checkStart } from './check-start.ts';
import { checkVersions } from './check-versions.ts';
import { hideSecretsIn } from './hide-secrets.ts';
import { entryOf, preloadsOf } from './preloads.ts';
import { effectiveConfiguration } from './effective-configuration.ts';
import type { CheckOutcome } from './finding.ts';
import { readInstallation } from './installed-packages.ts';
import { isKnownPackage } from './known-packages.ts';
import { scriptEnvironment } from './script-environment.ts';
import type { Setting } from './settings.ts';

export interface DiagnoseOptions {
  /** A folder of the application. */
  readonly folder: string;
  readonly environment: Environment;
  /** What the application loads first: `node --import` takes it. */
  readonly preload?: string | undefined;
  readonly entry?: string | undefined;
  /** Whether the receiver may be asked. */
  readonly network: boolean;
  readonly nodeVersion: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface Diagnosis {
  readonly outcomes: readonly CheckOutcome[];
  readonly settings: readonly Setting[];
}

/** A mistake in the use of the command. */
export class WrongArgumentError extends Error {}

/**
 * Runs every check. None of them changes anything. What comes back may be printed: it holds no secret that is known for one.
 * @throws {@link WrongArgumentError} where folder or entry are not there
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { folder, network, nodeVersion, now, signal } = options;
  if (!isThere(folder)) throw new WrongArgumentError(`${folder} is not there`);
  const installation = readInstallation(
    folder,
    (name, manifest) => isKnownPackage(name) || dependsOnApi(manifest),
  );
  if (options.entry !== undefined) {
    const path = resolve(installation.root, options.entry);
    if (!isThere(path)) throw new WrongArgumentError(`${path} is not there`);
  }
  const environment = scriptEnvironment(installation, options.environment);
  const configuration = await effectiveConfiguration(installation, environment);
  const preloads = preloadsOf(installation, environment, options.preload);
  const entry = options.entry ?? entryOf(installation);
  // First: options in code may name another receiver than variables and file do.
  const { settings, registeredVersion, patches, ...start } = await checkStart(
    installation,
    environment,
    preloads,
    entry,
    signal,
  );
  const endpoint = network
    ? await checkEndpoint({ ...configuration, inProcess: settings }, now)
    : { check: 'the receiver', findings: [], skipped: '--offline was given' };
  const outcomes = [
    checkVersions(installation, nodeVersion, patches),
    checkApiCopies(installation, registeredVersion),
    checkDoubleInstrumentation(installation, patches),
    checkImportOrder(installation, preloads, entry),
    checkEnvironment(environment),
    ...(configuration.hasFile || configuration.findings.length > 0
      ? [
          {
            check: configuration.hasFile ? 'the configuration file' : 'addresses in variables',
            findings: configuration.findings,
          },
        ]
      : []),
    start,
    endpoint,
  ];
  return hideSecretsIn({
    outcomes: checkEffectiveSettings(settings, outcomes),
    settings: [...configuration.settings, ...settingsInProcess(settings)],
  });
}
