import './workers.js';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
// The parts of graphiql/style.css that we want: the whole of it carries 400 KB of fonts inside.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import { examples } from './examples.js';
import { fetcher } from './fetcher.js';

// GraphiQL opens the first of the default tabs with its query alone, and after a reload looks for a tab that matches what
// it stored last. So a first visit stores the first example, with its variables, as if somebody had typed it.
function storeFirstExample() {
  const [{ query, variables }] = examples;
  try {
    if (localStorage.getItem('graphiql:tabState') === null) {
      localStorage.setItem('graphiql:query', query);
      localStorage.setItem('graphiql:variables', variables);
    }
  } catch {
    // The browser forbids storage: then nothing is kept, and the variables are given for this visit.
    return variables;
  }
}

createRoot(document.getElementById('explorer')).render(
  // Headers hold API keys, so they are not kept in the browser's storage, and there is no switch that would.
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples}
    initialVariables={storeFirstExample()}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <a className="home" href="/" title="Back to the start page">
        ← Greenroom
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
