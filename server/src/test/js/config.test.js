'use strict';
const { test } = require('node:test');
const { randomBytes } = require('node:crypto');
const { Parse, assert, master, rest } = require('./support');

/** There is one config for the whole server, so each test has names of its own. */
const fresh = name => `${name}${randomBytes(4).toString('hex')}`;

test('what is saved is read', async () => {
  const [text, list, object, number] = ['text', 'list', 'object', 'number'].map(fresh);
  await Parse.Config.save({ [text]: 'hello', [list]: [1, 'b'], [object]: { a: { b: true } }, [number]: 1.5 });
  const config = await Parse.Config.get();
  assert.equal(config.get(text), 'hello');
  assert.deepEqual(config.get(list), [1, 'b']);
  assert.deepEqual(config.get(object), { a: { b: true } });
  assert.equal(config.get(number), 1.5);
  assert.equal(Parse.Config.current().get(text), 'hello');
});

test('types of Parse are kept', async () => {
  const [point, date] = ['point', 'date'].map(fresh);
  await Parse.Config.save({ [point]: new Parse.GeoPoint(1, 2), [date]: new Date(5000) });
  const config = await Parse.Config.get();
  assert.equal(config.get(point).latitude, 1);
  assert.equal(new Date(config.get(date)).getTime(), 5000);
});

test('saving one parameter leaves the others', async () => {
  const [a, b] = ['a', 'b'].map(fresh);
  await Parse.Config.save({ [a]: 1 });
  await Parse.Config.save({ [b]: 2 });
  const config = await Parse.Config.get();
  assert.deepEqual([config.get(a), config.get(b)], [1, 2]);
});

test('a parameter for the master key only is hidden from others', async () => {
  const [open, secret] = ['open', 'secret'].map(fresh);
  await Parse.Config.save({ [open]: 1, [secret]: 2 }, { [secret]: true });
  const seen = await Parse.Config.get();
  assert.equal(seen.get(open), 1);
  assert.equal(seen.get(secret), undefined);
  assert.equal((await Parse.Config.get(master)).get(secret), 2);
});

test('a parameter can be deleted', async () => {
  const name = fresh('gone');
  await Parse.Config.save({ [name]: 1 });
  const header = { 'X-Parse-Master-Key': Parse.masterKey };
  const answer = await rest('PUT', '/config', { params: { [name]: { __op: 'Delete' } } }, header);
  assert.deepEqual(answer.body, { result: true });
  assert.equal((await Parse.Config.get()).get(name), undefined);
});

test('the public cannot save', async () => {
  const answer = await rest('PUT', '/config', { params: { a: 1 } });
  assert.equal(answer.status, 403);
});
