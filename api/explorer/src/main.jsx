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

// GraphiQL fills the first of the default tabs with its query alone, so its variables are given beside it, on a first
// visit only: later the browser's own state counts. Storage may be forbidden, then every visit is the first.
function firstVisit() {
  try {
    return localStorage.getItem('graphiql:tabState') === null;
  } catch {
    return true;
  }
}

createRoot(document.getElementById('explorer')).render(
  // Headers hold API keys, so they are not kept in the browser's storage, and there is no switch that would.
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples}
    initialVariables={firstVisit() ? examples[0].variables : undefined}
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
