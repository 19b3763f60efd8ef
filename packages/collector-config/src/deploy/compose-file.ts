import type { ConfigFile } from '../config-file.ts';
import { QUEUE_FOLDER } from '../tiers/gateway-config.ts';
import { type DeployParts, goMemoryLimit, imageOf } from './deploy-parts.ts';

const CONFIG = '/etc/otelcol/config.yaml';

/** One agent and all gateways on one machine, for Docker Compose, beside the two configurations. */
export function composeFile(parts: DeployParts): ConfigFile {
  const { fleet, variables } = parts;
  const names = fleet.gateways.map((endpoint) => endpoint.slice(0, endpoint.indexOf(':')));
  const service = (tier: 'agent' | 'gateway', memoryMib: number): Record<string, unknown> => ({
    image: imageOf(parts),
    command: [`--config=${CONFIG}`],
    restart: 'unless-stopped',
    mem_limit: `${memoryMib}m`,
    configs: [{ source: tier, target: CONFIG }],
  });
  const gateways = names.map((name) => [
    name,
    {
      ...service('gateway', fleet.gatewayMemoryMib),
      // The queue belongs to the user that the volume is made for.
      user: 'root',
      stop_grace_period: `${fleet.decisionWaitSeconds + 30}s`,
      environment: {
        GOMEMLIMIT: goMemoryLimit(fleet.gatewayMemoryMib),
        ...Object.fromEntries(variables.map((variable) => [variable, `\${${variable}:?}`])),
      },
      volumes: [`${name}-queue:${QUEUE_FOLDER}`],
      ...(parts.metricsPorts.length === 0 ? undefined : { expose: parts.metricsPorts.map(String) }),
    },
  ]);
  return {
    header: [
      'Runs agent.yaml and gateway.yaml, which lie beside it: docker compose up --detach',
      'Applications send to http://localhost:4318 (HTTP) or localhost:4317 (gRPC).',
    ],
    settings: {
      services: {
        agent: {
          ...service('agent', fleet.agentMemoryMib),
          environment: { GOMEMLIMIT: goMemoryLimit(fleet.agentMemoryMib) },
          ...(fleet.resourceDetection.includes('docker')
            ? // Only root and the group of Docker may read it.
              { user: 'root', volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro'] }
            : undefined),
          ports: ['127.0.0.1:4317:4317', '127.0.0.1:4318:4318'],
          depends_on: names,
        },
        ...Object.fromEntries(gateways),
      },
      configs: { agent: { file: './agent.yaml' }, gateway: { file: './gateway.yaml' } },
      volumes: Object.fromEntries(names.map((name) => [`${name}-queue`, {}])),
    },
    comments: new Map(),
  };
}
