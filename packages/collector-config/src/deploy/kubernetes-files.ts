import { createHash } from 'node:crypto';
import type { ConfigFile } from '../config-file.ts';
import { HEALTH_PORT, METRICS_PORT } from '../tiers/common-settings.ts';
import { QUEUE_FOLDER } from '../tiers/gateway-config.ts';
import { type DeployParts, goMemoryLimit, imageOf } from './deploy-parts.ts';

type Tier = 'agent' | 'gateway';

const CONFIG_FOLDER = '/etc/otelcol';
/** The user of the Collector's image. */
const USER = 10_001;
const SECRET = 'otelcol-export';
/** Beyond the wait for open traces: time to deliver what is left. */
const DELIVERY_SECONDS = 30;
const ports = { 'otlp-grpc': 4317, 'otlp-http': 4318 };

/** A DaemonSet of agents and a StatefulSet of gateways, with all they need. */
export function kubernetesFiles(parts: DeployParts): readonly ConfigFile[] {
  const { fleet, agent, gateway, variables } = parts;
  const header = [
    `Apply with: kubectl apply -f kubernetes.yaml`,
    `Applications send to http://agent.${fleet.namespace}:4318 (HTTP) or agent.${fleet.namespace}:4317 (gRPC), and reach the agent of their node.`,
    ...(variables.length === 0
      ? []
      : [`Needs a Secret "${SECRET}" in the namespace, with the keys ${variables.join(', ')}.`]),
  ];
  const documents: readonly (readonly [string, object])[] = [
    ['', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: fleet.namespace } }],
    ['', configMap(parts, 'agent', agent)],
    ['', configMap(parts, 'gateway', gateway)],
    ['', daemonSet(parts)],
    ['', agentService(parts)],
    [
      'Names that stay over restarts: agents find a gateway again, and its traces with it.',
      statefulSet(parts, variables),
    ],
    ['', gatewayService(parts)],
    ['', disruptionBudget(parts)],
  ];
  return documents.map(([about, settings], index) => ({
    header: [...(index === 0 ? header : []), ...(about === '' ? [] : [about])],
    settings: settings as Readonly<Record<string, unknown>>,
    comments: new Map(),
  }));
}

function metadata({ fleet }: DeployParts, name: string, tier: Tier): object {
  return { name, namespace: fleet.namespace, labels: labels(tier) };
}

function labels(tier: Tier): object {
  return { 'app.kubernetes.io/name': 'otelcol', 'app.kubernetes.io/component': tier };
}

function configMap(parts: DeployParts, tier: Tier, text: string): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(parts, `${tier}-config`, tier),
    data: { 'config.yaml': text },
  };
}

function daemonSet(parts: DeployParts): object {
  const { fleet } = parts;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata(parts, 'agent', 'agent'),
    spec: {
      selector: { matchLabels: labels('agent') },
      template: podTemplate(parts, {
        tier: 'agent',
        config: parts.agent,
        memoryMib: fleet.agentMemoryMib,
        graceSeconds: DELIVERY_SECONDS,
      }),
    },
  };
}

function statefulSet(parts: DeployParts, variables: readonly string[]): object {
  const { fleet } = parts;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata(parts, 'gateway', 'gateway'),
    spec: {
      serviceName: 'gateway',
      replicas: fleet.gateways.length,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels('gateway') },
      template: podTemplate(parts, {
        tier: 'gateway',
        config: parts.gateway,
        memoryMib: fleet.gatewayMemoryMib,
        graceSeconds: fleet.decisionWaitSeconds + DELIVERY_SECONDS,
        mounts: [{ name: 'queue', mountPath: QUEUE_FOLDER }],
        variables,
      }),
      volumeClaimTemplates: [
        {
          metadata: { name: 'queue' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: `${fleet.gatewayDiskGib}Gi` } },
          },
        },
      ],
    },
  };
}

interface Pod {
  readonly tier: Tier;
  readonly config: string;
  readonly memoryMib: number;
  readonly graceSeconds: number;
  readonly mounts?: readonly object[];
  readonly variables?: readonly string[];
}

function podTemplate(parts: DeployParts, pod: Pod): object {
  const { tier, config, memoryMib, graceSeconds, mounts = [], variables = [] } = pod;
  const memory = `${memoryMib}Mi`;
  const probe = { httpGet: { path: '/', port: 'health' } };
  const shown = tier === 'gateway' ? parts.metricsPorts : [];
  const containerPorts = {
    ...ports,
    metrics: METRICS_PORT,
    health: HEALTH_PORT,
    ...Object.fromEntries(shown.map((port) => [`prom-${port}`, port])),
  };
  // The node that an agent runs on, for its detector `env`.
  const node =
    tier === 'agent' && parts.fleet.resourceDetection.includes('env')
      ? [
          { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
          { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'k8s.node.name=$(NODE_NAME)' },
        ]
      : [];
  return {
    metadata: {
      labels: labels(tier),
      // Another configuration starts the pods again.
      annotations: {
        'llm-otel/config': createHash('sha256').update(config).digest('hex').slice(0, 16),
      },
    },
    spec: {
      terminationGracePeriodSeconds: graceSeconds,
      securityContext: { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      containers: [
        {
          name: 'otelcol',
          image: imageOf(parts),
          args: [`--config=${CONFIG_FOLDER}/config.yaml`],
          env: [
            { name: 'GOMEMLIMIT', value: goMemoryLimit(memoryMib) },
            ...node,
            ...variables.map((name) => ({
              name,
              valueFrom: { secretKeyRef: { name: SECRET, key: name } },
            })),
          ],
          ports: Object.entries(containerPorts).map(([name, containerPort]) => ({
            name,
            containerPort,
          })),
          readinessProbe: probe,
          livenessProbe: { ...probe, initialDelaySeconds: 15 },
          resources: { requests: { cpu: '100m', memory }, limits: { memory } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [{ name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }, ...mounts],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: `${tier}-config` } }],
    },
  };
}

function servicePorts(): readonly object[] {
  return Object.entries(ports).map(([name, port]) => ({ name, port, targetPort: name }));
}

function agentService(parts: DeployParts): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(parts, 'agent', 'agent'),
    spec: { selector: labels('agent'), internalTrafficPolicy: 'Local', ports: servicePorts() },
  };
}

function gatewayService(parts: DeployParts): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(parts, 'gateway', 'gateway'),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: labels('gateway'),
      ports: servicePorts(),
    },
  };
}

function disruptionBudget(parts: DeployParts): object {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(parts, 'gateway', 'gateway'),
    spec: { maxUnavailable: 1, selector: { matchLabels: labels('gateway') } },
  };
}
