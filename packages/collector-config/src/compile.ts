import { type Clause, ClauseList } from './clause.ts';
import { collectorVersionOf, TESTED_VERSION } from './collector-version.ts';
import type { CompileInput, CompileSettings } from './compile-options.ts';
import { metricsPortsOf, referencedVariables } from './deploy/deploy-parts.ts';
import { composeFile } from './deploy/compose-file.ts';
import { kubernetesFiles } from './deploy/kubernetes-files.ts';
import { compileRedaction } from './redaction/compile-redaction.ts';
import { RefusedError } from './refused-error.ts';
import { resolveInput } from './resolve-options.ts';
import { compileSampling } from './sampling/compile-sampling.ts';
import { agentConfig } from './tiers/agent-config.ts';
import { gatewayConfig } from './tiers/gateway-config.ts';
import { writeYaml, writeYamlDocuments } from './write-yaml.ts';

export interface CompileResult {
  /**
   * `agent.yaml` and `gateway.yaml`, and `kubernetes.yaml` or `compose.yaml` to run them. The same input makes the same
   * text, to the byte.
   */
  readonly files: readonly CompiledFile[];
  /** What became of each part of the policies. */
  readonly clauses: readonly Clause[];
}

export interface CompiledFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Compiles policies to configurations of the OpenTelemetry Collector (contrib): agents that hand each trace to one
 * gateway, and gateways that keep, redact and deliver.
 * @throws InvalidOptionError for input that cannot be used, naming the member
 * @throws RefusedError where a Collector cannot do what a policy says, unless `allowApproximate`
 */
export function compile(input: CompileInput, settings: CompileSettings = {}): CompileResult {
  const { collectorVersion = TESTED_VERSION, allowApproximate = false } = settings;
  const version = collectorVersionOf(collectorVersion);
  const { sampling, redaction, exporters, fleet } = resolveInput(input);
  const clauses = new ClauseList();

  const samplingFleet = { ...fleet, gateways: fleet.gateways.length };
  const policies = compileSampling(sampling, version, samplingFleet, clauses);
  const redactors = redaction === undefined ? [] : compileRedaction(redaction, version, clauses);
  const isRefused = clauses.all.some(({ fidelity }) => fidelity === 'refused');
  if (isRefused && !allowApproximate) throw new RefusedError(clauses.all);

  const remarks = (at: string): string[] =>
    clauses.all
      .filter((clause) => clause.fidelity !== 'exact' && isPartOf(clause.at, at))
      .map(
        (clause) =>
          `${clause.fidelity}: ${clause.at.slice(at.length + 1) || 'the rule'}: ${clause.note}`,
      );
  const agent = writeYaml(agentConfig(fleet, version));
  const gateway = writeYaml(
    gatewayConfig({ fleet, version, policies, redaction: redactors, exporters, remarks }),
  );
  const files = [
    { path: 'agent.yaml', text: agent },
    { path: 'gateway.yaml', text: gateway },
  ];
  const parts = {
    fleet,
    version,
    variables: referencedVariables(gateway),
    metricsPorts: metricsPortsOf(exporters),
    agent,
    gateway,
  };
  if (fleet.platform === 'kubernetes') {
    files.push({ path: 'kubernetes.yaml', text: writeYamlDocuments(kubernetesFiles(parts)) });
  } else if (fleet.platform === 'compose') {
    files.push({ path: 'compose.yaml', text: writeYaml(composeFile(parts)) });
  }
  return { files, clauses: clauses.all };
}

function isPartOf(place: string, rule: string): boolean {
  return place === rule || place.startsWith(`${rule}.`);
}
