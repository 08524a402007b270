'use strict';
/*
 * What all files share: the SDK connected to the server under test, and small helpers.
 *
 * Nothing is cleaned up. Each file works in classes whose names carry a random ending, so files run side by
 * side and again on a server that has seen them before.
 */
const assert = require('node:assert/strict');
const { randomBytes } = require('node:crypto');
const Parse = require('parse/node');

function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`The variable ${name} is not set; see CONTRIBUTING.md for how these tests are run.`);
  }
  return value;
}

Parse.initialize(setting('APP_ID'), undefined, setting('MASTER_KEY'));
Parse.serverURL = setting('SERVER_URL');

/** Rights of the operator; without it a call is made by the public. */
const master = { useMasterKey: true };

/** Tests of behaviour in which the genuine server on PostgreSQL differs from the one on MongoDB, whose rules count. */
const unlikePostgres = process.env.GENUINE_POSTGRES ? { skip: 'differs on PostgreSQL' } : {};

/** A class of its own for a test: `freshClass('Score')` is "Score_1f2e3d4c". */
function freshClass(name) {
  return `${name}_${randomBytes(4).toString('hex')}`;
}

/** Saves one object of the class for each set of attributes, in order, and answers them. */
async function saved(className, ...rows) {
  const objects = rows.map(row => new Parse.Object(className, row));
  await Parse.Object.saveAll(objects);
  return objects;
}

/** The values of one field, in the order of the objects. */
function values(objects, field) {
  return objects.map(object => object.get(field));
}

/** Waits for the promise to fail with this Parse error code, and answers the error. */
async function failsWith(code, promise) {
  const error = await promise.then(
    value => assert.fail(`expected error ${code}, but it succeeded with ${JSON.stringify(value)}`),
    reason => reason
  );
  assert.ok(error instanceof Parse.Error, `expected a Parse.Error, got ${error.stack || error}`);
  assert.equal(error.code, code, error.message);
  return error;
}

/** A request as curl would make it, for what the SDK cannot send. Answers status and decoded body. */
async function rest(method, path, body, headers = {}) {
  const response = await fetch(Parse.serverURL + path, {
    method,
    headers: {
      'X-Parse-Application-Id': Parse.applicationId,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

module.exports = { Parse, assert, failsWith, freshClass, master, rest, saved, unlikePostgres, values };
