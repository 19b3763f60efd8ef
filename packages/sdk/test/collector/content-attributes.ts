/** Names of attributes as every dialect has them: most hold a part of a conversation, some stand beside it. */
export const contentAttributes: readonly string[] = `
  gen_ai.input.messages gen_ai.system_instructions gen_ai.tool.definitions
  gen_ai.tool.call.result gen_ai.retrieval.query.text gen_ai.retrieval.documents
  gen_ai.output.messages gen_ai.tool.call.arguments gen_ai.evaluation.explanation gen_ai.prompt
  gen_ai.system.message gen_ai.user.message gen_ai.tool.message gen_ai.event.content
  gen_ai.completion gen_ai.assistant.message gen_ai.choice gen_ai.prompt.0 gen_ai.prompt.name
  gen_ai.prompt.3.content gen_ai.prompt.3.role gen_ai.prompt.3.tool_call_id
  gen_ai.prompt.variable.city gen_ai.prompt.1.tool_calls.0.name gen_ai.completion.0.content
  gen_ai.completion.0.finish_reason gen_ai.completion.0.tool_calls.0.arguments
  gen_ai.request.model gen_ai.usage.input_tokens input.value output.value input.mime_type
  tool.parameters tool.name llm.function_call embedding.text llm.prompt_template.template
  llm.model_name llm.prompt_template.variables llm.tools.0.tool.json_schema llm.prompts.0
  llm.request.functions.0.name llm.input_messages.0.message.content
  llm.input_messages.0.message.role llm.output_messages.0.message.contents.0.message_content.text
  llm.output_messages.0.message.tool_calls.0.tool_call.function.name llm.completions.0
  llm.input_messages.1.message.tool_call_id embedding.embeddings.0.embedding.text
  retrieval.documents.0.document.content reranker.query reranker.output_documents.0.x ai.prompt
  ai.value ai.values ai.prompt.messages ai.prompt.format ai.prompt.tools ai.prompt.toolChoice
  ai.toolCall.args ai.toolCall.result ai.toolCall.output ai.toolCall.name ai.response.text
  ai.response.object ai.response.toolCalls ai.response.reasoning ai.response.files
  ai.response.finishReason ai.request.body traceloop.entity.input traceloop.entity.output
  traceloop.entity.name traceloop.prompt.template traceloop.prompt.template_variables
  request_data langfuse.observation.input langfuse.trace.output langfuse.observation.input.a
  mlflow.spanInputs mlflow.spanOutputs mlflow.spanType all_messages_events
  pydantic_ai.all_messages response_data
`
  .trim()
  .split(/\s+/);
