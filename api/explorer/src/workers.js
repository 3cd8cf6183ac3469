// The editor's background work: one worker for each language that the page shows, and one for the editor itself.
// `?worker` makes Vite write each as a file of its own, so `worker-src 'self'` is enough and no blob: is needed.
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker';

const byLabel = { json: JsonWorker, graphql: GraphQLWorker };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new (byLabel[label] ?? EditorWorker)(),
};
