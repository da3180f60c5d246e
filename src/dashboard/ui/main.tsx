import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './style/style.css';
import { startTranslation } from './texts/i18n.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await startTranslation();
createRoot(root).render(<App />);
