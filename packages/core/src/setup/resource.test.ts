import { expect, test } from 'vitest';
import { createResource } from './resource.ts';
import { deploymentEnvironmentOf, serviceResource } from './service-resource.ts';
import type { ResourceDetectorName } from './variables/resource-variables.ts';

test('a resource is settled, and members without a value are left out', async () => {
  const resource = createResource({ a: 1, b: undefined }, 'https://schema');

  expect(resource).toMatchObject({ asyncAttributesPending: false, schemaUrl: 'https://schema' });
  expect(resource.attributes).toStrictEqual({ a: 1 });
  expect(resource.getRawAttributes()).toEqual([['a', 1]]);
  await expect(resource.waitForAsyncAttributes()).resolves.toBeUndefined();
});

test('the other resource wins in a merge, and neither changes', () => {
  const one = createResource({ a: 1, b: 1 }, 'https://one');
  const other = createResource({ b: 2, c: 2 });

  expect(one.merge(other)).toMatchObject({
    attributes: { a: 1, b: 2, c: 2 },
    schemaUrl: 'https://one',
  });
  expect(one.merge(createResource({}, 'https://two')).schemaUrl).toBe('https://two');
  expect(one.merge(null).attributes).toEqual(one.attributes);
  expect(one.attributes).toEqual({ a: 1, b: 1 });
});

test('the process, the host and the service are told', () => {
  const { attributes } = serviceResource({});

  expect(attributes).toMatchObject({
    'service.name': 'unknown_service:node',
    'process.pid': process.pid,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'process.executable.name': 'node',
  });
  for (const name of ['host.name', 'host.arch', 'os.type', 'os.version'])
    expect(attributes[name]).toBeTypeOf('string');
});

test('every start is an instance of its own', () => {
  const [one, two] = [serviceResource({}), serviceResource({})];

  expect(one.attributes['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(one.attributes['service.instance.id']).not.toBe(two.attributes['service.instance.id']);
});

test('neither command line arguments nor the user name are told', () => {
  const keys = Object.keys(serviceResource({}).attributes);

  expect(keys.filter((key) => /command|owner/.test(key))).toEqual([]);
});

test('an option wins over its variable, and that over OTEL_RESOURCE_ATTRIBUTES', () => {
  const all = {
    'service.name': 'list',
    'service.version': 'list',
    'service.instance.id': 'list',
    team: 'a',
  };
  const environment = { resourceAttributes: all, serviceName: 'variable' };

  expect(serviceResource({ resourceAttributes: all }).attributes).toMatchObject(all);
  expect(serviceResource(environment).attributes).toMatchObject({
    'service.name': 'variable',
    'service.version': 'list',
  });
  expect(
    serviceResource(environment, {
      serviceName: 'option',
      serviceVersion: 'option',
      resourceAttributes: { team: 'b', 'service.name': 'attributes' },
    }).attributes,
  ).toMatchObject({ 'service.name': 'option', 'service.version': 'option', team: 'b' });
});

test.each([
  [{}, undefined],
  [{ nodeEnvironment: 'test' }, 'test'],
  [{ nodeEnvironment: 'test', resourceAttributes: { 'deployment.environment.name': 'qa' } }, 'qa'],
  [{ nodeEnvironment: 'test', deploymentEnvironment: 'staging' }, 'staging'],
])('the deployment environment of %o is %s', (environment, name) => {
  expect(deploymentEnvironmentOf(serviceResource(environment))).toBe(name);
});

test.each([
  [{ resourceAttributes: { 'deployment.environment': 'old' } }, {}],
  [{ nodeEnvironment: 'test', resourceAttributes: { 'deployment.environment': 'old' } }, {}],
  [{ deploymentEnvironment: 'a' }, { resourceAttributes: { 'deployment.environment': 'old' } }],
  [
    { resourceAttributes: { 'deployment.environment.name': 'a' } },
    { deploymentEnvironment: 'old' },
  ],
  [{ resourceAttributes: { 'deployment.environment': 'a' } }, { deploymentEnvironment: 'old' }],
])(
  'the former name of the deployment environment is read, and written: %o, %o',
  (environment, options) => {
    const resource = serviceResource(environment, options);

    expect(deploymentEnvironmentOf(resource)).toBe('old');
    expect(resource.attributes).toMatchObject({
      'deployment.environment.name': 'old',
      'deployment.environment': 'old',
    });
  },
);

test('where both names are given they may differ, and where none is there is none', () => {
  const both = { 'deployment.environment.name': 'new', 'deployment.environment': 'old' };

  expect(serviceResource({ resourceAttributes: both }).attributes).toMatchObject(both);
  expect(Object.keys(serviceResource({}).attributes).join()).not.toContain('deployment');
});

test('a deployment environment given in code wins', () => {
  const resource = serviceResource({ deploymentEnvironment: 'a' }, { deploymentEnvironment: 'b' });

  expect(deploymentEnvironmentOf(resource)).toBe('b');
});

test('only what is asked for is found out; what a detector found gives way to a variable', () => {
  const keysOf = (...resourceDetectors: ResourceDetectorName[]): string[] =>
    Object.keys(serviceResource({ resourceDetectors }).attributes);

  expect(keysOf('none')).toEqual(['service.name']);
  expect(keysOf('env', 'os')).toEqual(['service.name', 'os.type', 'os.version']);
  expect(keysOf('all')).toEqual(expect.arrayContaining(['host.name', 'process.pid', 'os.type']));
  expect(
    serviceResource({ resourceAttributes: { 'host.id': 'named' } }, undefined, {
      'host.id': 'found',
      'cloud.provider': 'aws',
    }).attributes,
  ).toMatchObject({ 'host.id': 'named', 'cloud.provider': 'aws' });
});
