// Builds the pages that the server hands out. While working on them: `npm run dev` beside a running workbench,
// whose address MIGAKI_URL names.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: { '/api': { target: process.env.MIGAKI_URL ?? 'http://127.0.0.1:4600' } },
  },
  build: {
    // Old enough for everybody's browser, new enough to know `light-dark()` itself.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // Libraries change less often than the pages: browsers keep them over an update.
        codeSplitting: {
          groups: [
            // First: what charts share with the other libraries is no reason to load them everywhere.
            { name: 'libraries', test: /node_modules[\\/](?!echarts|zrender)/ },
            { name: 'charts', test: /node_modules[\\/](echarts|zrender)/ },
            // In one piece, so that what must come before the schemas does.
            { name: 'api', test: /packages[\\/](api|coco)/ },
          ],
        },
      },
    },
  },
});
