'use strict';
const { test } = require('node:test');
const { Parse, assert, failsWith, freshClass, rest, saved, unlikePostgres } = require('./support');

test('a value of another type is refused', async () => {
  const [object] = await saved(freshClass('Types'), { text: 'a', number: 1, list: [], object: {}, flag: true, date: new Date() });
  for (const [field, value, expected, got] of [
    ['text', 1, 'String', 'Number'],
    ['number', 'a', 'Number', 'String'],
    ['list', {}, 'Array', 'Object'],
    ['object', [], 'Object', 'Array'],
    ['flag', 1, 'Boolean', 'Number'],
    ['date', '2020-01-01', 'Date', 'String'],
  ]) {
    const answer = await rest('PUT', `/classes/${object.className}/${object.id}`, { [field]: value });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, {
      code: Parse.Error.INCORRECT_TYPE,
      error: `schema mismatch for ${object.className}.${field}; expected ${expected} but got ${got}`,
    });
  }
});

test('a pointer to another class is refused', async () => {
  const [a] = await saved(freshClass('A'), { n: 1 });
  const [b] = await saved(freshClass('B'), { n: 1 });
  const [holder] = await saved(freshClass('Holder'), { target: a });
  await failsWith(Parse.Error.INCORRECT_TYPE, holder.save({ target: b }));
});

test('an object that is not there', async () => {
  const className = freshClass('Missing');
  await saved(className, { n: 1 });
  for (const [method, body] of [['GET'], ['PUT', { n: 2 }], ['DELETE']]) {
    const answer = await rest(method, `/classes/${className}/notThere12`, body);
    assert.equal(answer.status, 404, method);
    assert.deepEqual(answer.body, { code: Parse.Error.OBJECT_NOT_FOUND, error: 'Object not found.' });
  }
});

test('names that cannot be', async () => {
  const className = freshClass('Names');
  for (const [body, code] of [
    [{ '1a': 1 }, Parse.Error.INVALID_KEY_NAME],
    [{ 'a-b': 1 }, Parse.Error.INVALID_KEY_NAME],
    [{ 'a b': 1 }, Parse.Error.INVALID_KEY_NAME],
    [{ objectId: 'myOwnId123' }, Parse.Error.INVALID_KEY_NAME],
    [{ a: { 'x.y': 1 } }, Parse.Error.INVALID_NESTED_KEY],
    [{ a: { $x: 1 } }, Parse.Error.INVALID_NESTED_KEY],
    [{ b: [{ $x: 1 }] }, Parse.Error.INVALID_NESTED_KEY],
  ]) {
    const answer = await rest('POST', `/classes/${className}`, body);
    assert.equal(answer.status, 400, JSON.stringify([body, answer.body]));
    assert.equal(answer.body.code, code, JSON.stringify([body, answer.body]));
  }
  assert.equal((await rest('POST', '/classes/1Bad', { a: 1 })).status, 400);
  assert.equal((await rest('POST', '/classes/With%20Blank', { a: 1 })).status, 400);
});

test('values that are incomplete', async () => {
  const className = freshClass('Incomplete');
  for (const value of [{ __type: 'Date' }, { __type: 'Pointer' }, { __type: 'GeoPoint' }, { __type: 'Bytes' }, { __type: 'File' }, { __type: 'Polygon' }, { __type: 'Relation' }]) {
    const answer = await rest('POST', `/classes/${className}`, { value });
    assert.equal(answer.status, 400, JSON.stringify([value, answer.body]));
    assert.equal(answer.body.code, Parse.Error.INCORRECT_TYPE, JSON.stringify([value, answer.body]));
  }
});

test('a body that is not JSON', async () => {
  const answer = await rest('POST', `/classes/${freshClass('Bad')}`, '{"a":');
  assert.equal(answer.status, 400);
  assert.ok(answer.body.error);
});

test('a route that is not there', async () => {
  const response = await fetch(`${Parse.serverURL}/nothingHere/at/all`, { headers: { 'X-Parse-Application-Id': Parse.applicationId } });
  await response.arrayBuffer();
  assert.equal(response.status, 404);
});

test('prototypes cannot be reached', async () => {
  const className = freshClass('Proto');
  for (const body of ['{"__proto__":{"a":1}}', '{"a":{"__proto__":{"polluted":true}}}', '{"a":{"constructor":1}}']) {
    const answer = await rest('POST', `/classes/${className}`, body);
    assert.equal(answer.status, 400, `${body}: ${JSON.stringify(answer.body)}`);
    assert.equal(answer.body.code, Parse.Error.INVALID_KEY_NAME, `${body}: ${JSON.stringify(answer.body)}`);
  }
});

test('text with a zero character is kept or refused, never cut', unlikePostgres, async () => {
  const className = freshClass('Zero');
  const created = await rest('POST', `/classes/${className}`, '{"text":"a\\u0000b"}');
  if (created.status === 201) {
    const read = await rest('GET', `/classes/${className}/${created.body.objectId}`);
    assert.equal(read.body.text, 'a\u0000b');
  } else {
    assert.equal(created.status, 400, JSON.stringify(created.body));
    assert.ok(created.body.code);
  }
});

test('a function, a job and a webhook that nobody registered', async () => {
  const missing = await failsWith(Parse.Error.SCRIPT_FAILED, Parse.Cloud.run('doesNotExist'));
  assert.equal(missing.message, 'Invalid function: "doesNotExist"');
  const header = { 'X-Parse-Master-Key': Parse.masterKey };
  const job = await rest('POST', '/jobs/doesNotExist', {}, header);
  assert.equal(job.status, 400);
  assert.equal(job.body.code, Parse.Error.SCRIPT_FAILED);
  assert.deepEqual((await rest('GET', '/hooks/functions', undefined, header)).body, []);
  assert.deepEqual((await rest('GET', '/hooks/triggers', undefined, header)).body, []);
});

test('the server tells its health without a key, and its features with the master key', async () => {
  const health = await fetch(`${Parse.serverURL}/health`);
  assert.deepEqual(await health.json(), { status: 'ok' });
  const info = await rest('GET', '/serverInfo', undefined, { 'X-Parse-Master-Key': Parse.masterKey });
  assert.equal(info.status, 200);
  assert.equal(info.body.features.schemas.addField, true);
  assert.match(info.body.parseServerVersion, /^\d+\.\d+/);
});
