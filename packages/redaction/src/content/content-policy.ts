import type { ContentPolicy, RedactionPolicy } from '../policy/redaction-policy.ts';
import type { Content } from './content.ts';

/** What a policy says about content, of the span of a tool or not. */
export function contentPolicyOf({
  prompts = true,
  completions = true,
  tools,
}: RedactionPolicy): (content: Content, ofTool: boolean) => ContentPolicy {
  return ({ direction, isTool, isWhole }, ofTool) => {
    const isOfTool = isTool || (isWhole && ofTool);
    if (isOfTool && tools !== undefined) return tools;
    // The input of a tool comes from the model, though its name says that it goes to it.
    if (direction === 'both' || (isWhole && ofTool)) return stricter(prompts, completions);
    return direction === 'prompt' ? prompts : completions;
  };
}

function stricter(one: ContentPolicy, other: ContentPolicy): ContentPolicy {
  if (one === false || other === false) return false;
  return one === true ? other : one;
}
