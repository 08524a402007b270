/* The genuine server, on the database DATABASE_URI and the port PORT. Says "listening" when it answers. */
import http from 'node:http';
import express from 'express';
import { ParseServer } from 'parse-server';

const port = Number(process.env.PORT);
const server = new ParseServer({
  databaseURI: process.env.DATABASE_URI,
  databaseOptions: { enableSchemaHooks: true },
  appId: process.env.APP_ID,
  masterKey: process.env.MASTER_KEY,
  maintenanceKey: process.env.MAINTENANCE_KEY,
  serverURL: `http://127.0.0.1:${port}/parse`,
  allowClientClassCreation: true,
  accountLockout: { threshold: 5, duration: 5 },
  passwordPolicy: { maxPasswordHistory: 3 },
  logsFolder: null,
  silent: true,
});
await server.start();
const app = express();
app.use('/parse', server.app);
http.createServer(app).listen(port, '127.0.0.1', () => console.log('listening'));
