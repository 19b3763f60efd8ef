import type { Model, Requirements } from './model-types.ts';
import { eventAttributes, requirementOf, resolvedSpan } from './read-model.ts';

/** What is wrong with the model, one sentence each. */
export function modelErrors(model: Model): string[] {
  const errors: string[] = [];
  const known = (name: string): boolean => name in model.attributes;
  const check = (where: string, attributes: Requirements): void => {
    for (const [name, requirement] of Object.entries(attributes)) {
      if (!known(name)) errors.push(`${where} lists ${name}, which is no attribute of the model`);
      const { level, when, ...conditions } = requirementOf(requirement);
      if (level === 'conditional' && when === undefined)
        errors.push(`${where} requires ${name} conditionally without saying when`);
      for (const condition of [conditions.if_set, conditions.unless_set, conditions.only_with]) {
        const [other = ''] = condition?.split('=') ?? [];
        if (condition !== undefined && !(other in attributes))
          errors.push(`${where} ties ${name} to ${other}, which it does not carry`);
      }
    }
  };

  for (const [name, attribute] of Object.entries(model.attributes)) {
    for (const whole of attribute.subset_of ?? [])
      if (!known(whole)) errors.push(`${name} is part of ${whole}, which is no attribute`);
    if (name in model.removed.attributes) errors.push(`${name} is listed as removed too`);
  }
  for (const name of Object.keys(model.spans)) {
    const span = resolvedSpan(model, name);
    check(`span ${name}`, span.attributes);
    if (span.kind === undefined) errors.push(`span ${name} has no kind`);
    for (const template of span.name ?? []) {
      for (const [, placeholder = ''] of template.matchAll(/\{([^}]+)\}/g))
        if (!(placeholder in span.attributes))
          errors.push(`span ${name} is named after ${placeholder}, which it does not carry`);
    }
    for (const metric of span.metrics ?? [])
      if (!(metric in model.metrics))
        errors.push(`span ${name} names the unknown metric ${metric}`);
  }
  for (const [name, metric] of Object.entries(model.metrics)) {
    check(`metric ${name}`, metric.attributes);
    const buckets = metric.buckets ?? [];
    if ((metric.instrument === 'histogram') !== buckets.length > 0)
      errors.push(`metric ${name} is a ${metric.instrument} with ${buckets.length} buckets`);
    if (buckets.some((bound, index) => bound <= (buckets[index - 1] ?? 0)))
      errors.push(`metric ${name} has buckets that do not rise`);
  }
  for (const [name, event] of Object.entries(model.events))
    check(`event ${name}`, eventAttributes(model, event));
  for (const [name, { to }] of Object.entries(model.removed.attributes))
    if (to !== undefined && !known(to)) errors.push(`${name} became ${to}, which is no attribute`);
  for (const [name, { to }] of Object.entries(model.removed.metrics))
    if (to !== undefined && !(to in model.metrics))
      errors.push(`${name} became ${to}, which is no metric`);
  return errors;
}
