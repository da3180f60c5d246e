import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './style/style.css';
import { startTranslation } from './texts/i18n.js';
import { markTheme } from './theme/chosen-theme.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
markTheme();
await startTranslation();
createRoot(root).render(<App />);
