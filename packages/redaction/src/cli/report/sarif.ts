import type { Finding } from '../finding.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HELP =
  'Find out where it comes from, redact it there, replace the recording by its redacted copy, and change the secret.';

/**
 * Findings as SARIF 2.1.0, which code hosts show beside the files.
 * @param unread files that could not be read: the run did not succeed, and says of which it knows nothing
 */
export function sarif(findings: readonly Finding[], unread: readonly string[] = []): string {
  const kinds = [...new Set(findings.map(({ kind }) => kind))].toSorted();
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'llm-otel scan',
            rules: kinds.map((id) => ({
              id,
              shortDescription: { text: `${id} in telemetry` },
              help: { text: HELP },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map((file) => ({
              level: 'error',
              message: { text: 'could not be read' },
              locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
            })),
          },
        ],
        results: findings.map((finding) => resultOf(finding, kinds.indexOf(finding.kind))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf({ kind, file, line, where, count }: Finding, ruleIndex: number): object {
  return {
    ruleId: kind,
    ruleIndex,
    level: 'error',
    message: { text: `${kind}, ${count} ${count === 1 ? 'time' : 'times'}, in ${where}` },
    occurrenceCount: count,
    // The same place in the next run is the same result. Code hosts work it out from lines of text otherwise.
    partialFingerprints: { 'kindFilePlace/v1': `${kind}:${file}:${where}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(file),
          ...(line !== undefined && { region: { startLine: line } }),
        },
        logicalLocations: [{ fullyQualifiedName: where }],
      },
    ],
  };
}

/** A relative URI: names may hold spaces and signs that mean something in one. */
function artifact(file: string): { readonly uri: string } {
  return { uri: file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/') };
}
