'use strict';
const { test } = require('node:test');
const { Parse, assert, failsWith, freshClass, rest, saved, unlikePostgres } = require('./support');

async function read(object) {
  return new Parse.Query(object.className).get(object.id);
}

test('increment and decrement count from what is stored', async () => {
  const [object] = await saved(freshClass('Op'), { n: 5 });
  const other = await read(object);
  object.increment('n');
  other.increment('n', 10);
  await Promise.all([object.save(), other.save()]);
  object.decrement('n', 2);
  await object.save();
  assert.equal((await read(object)).get('n'), 14);
});

test('increment of a missing field starts at zero', async () => {
  const [object] = await saved(freshClass('Op'), { a: 1 });
  object.increment('n', 3);
  await object.save();
  assert.equal(object.get('n'), 3);
  assert.equal((await read(object)).get('n'), 3);
});

test('increment takes fractions and negative numbers', async () => {
  const [object] = await saved(freshClass('Op'), { n: 1 });
  object.increment('n', -1.5);
  await object.save();
  assert.equal((await read(object)).get('n'), -0.5);
});

test('increment answers the value that is stored now', async () => {
  const [object] = await saved(freshClass('Op'), { n: 5 });
  const answer = await rest('PUT', `/classes/${object.className}/${object.id}`, { n: { __op: 'Increment', amount: 2 } });
  assert.equal(answer.body.n, 7);
});

test('a new object can be created with operations', async () => {
  const className = freshClass('Op');
  const created = await rest('POST', `/classes/${className}`, {
    n: { __op: 'Increment', amount: 2 },
    list: { __op: 'Add', objects: [1, 1] },
    unique: { __op: 'AddUnique', objects: ['a', 'b'] },
    gone: { __op: 'Delete' },
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const object = await new Parse.Query(className).get(created.body.objectId);
  assert.equal(object.get('n'), 2);
  assert.deepEqual(object.get('list'), [1, 1]);
  assert.deepEqual(object.get('unique'), ['a', 'b']);
  assert.equal(object.has('gone'), false);
});

test('add appends', unlikePostgres, async () => {
  const [object] = await saved(freshClass('Op'), { list: ['a'] });
  object.add('list', 'a');
  await object.save();
  object.addAll('list', ['b', { c: 1 }]);
  await object.save();
  assert.deepEqual((await read(object)).get('list'), ['a', 'a', 'b', { c: 1 }]);
});

test('add makes an array of a missing field', async () => {
  const [object] = await saved(freshClass('Op'), { a: 1 });
  object.add('list', 'x');
  await object.save();
  assert.deepEqual((await read(object)).get('list'), ['x']);
});

test('addUnique adds what is not there yet', async () => {
  const [object] = await saved(freshClass('Op'), { list: ['a', 'b'] });
  object.addAllUnique('list', ['b', 'c']);
  await object.save();
  object.addUnique('list', 'c');
  await object.save();
  assert.deepEqual((await read(object)).get('list').sort(), ['a', 'b', 'c']);
});

test('addUnique compares objects by their content', async () => {
  const [object] = await saved(freshClass('Op'), { list: [{ a: 1 }] });
  object.addUnique('list', { a: 1 });
  await object.save();
  object.addUnique('list', { a: 2 });
  await object.save();
  assert.equal((await read(object)).get('list').length, 2);
});

test('remove takes all equal elements away', async () => {
  const [object] = await saved(freshClass('Op'), { list: ['a', 'b', 'a', 'c'] });
  object.remove('list', 'a');
  await object.save();
  object.removeAll('list', ['c', 'unknown']);
  await object.save();
  assert.deepEqual((await read(object)).get('list'), ['b']);
});

test('pointers can be added to and removed from an array', async () => {
  const className = freshClass('Op');
  const [one, two] = await saved(freshClass('Item'), { n: 1 }, { n: 2 });
  const [object] = await saved(className, { items: [one] });
  object.addUnique('items', one);
  object.addUnique('items', two);
  await object.save();
  assert.equal((await read(object)).get('items').length, 2);
  object.remove('items', one);
  await object.save();
  assert.deepEqual((await read(object)).get('items').map(item => item.id), [two.id]);
});

test('dotted keys change a part of an object', async () => {
  const [object] = await saved(freshClass('Op'), { profile: { name: 'Ann', address: { city: 'Bern' }, n: 1 } });
  object.set('profile.name', 'Bob');
  await object.save();
  assert.deepEqual((await read(object)).get('profile'), { name: 'Bob', address: { city: 'Bern' }, n: 1 });
  object.increment('profile.n', 4);
  await object.save();
  assert.equal((await read(object)).get('profile').n, 5);
  object.unset('profile.name');
  await object.save();
  assert.deepEqual((await read(object)).get('profile'), { address: { city: 'Bern' }, n: 5 });
});

test('dotted keys reach more than one level deep', unlikePostgres, async () => {
  const [object] = await saved(freshClass('Op'), { profile: { address: { city: 'Bern', zip: 3000 } } });
  const answer = await rest('PUT', `/classes/${object.className}/${object.id}`, { 'profile.address.city': 'Basel' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual((await read(object)).get('profile'), { address: { city: 'Basel', zip: 3000 } });
});

test('100 increments at the same time are all counted', async () => {
  const [object] = await saved(freshClass('Op'), { n: 0 });
  const Class = Parse.Object.extend(object.className);
  await Promise.all(Array.from({ length: 100 }, () => Class.createWithoutData(object.id).increment('n').save()));
  assert.equal((await read(object)).get('n'), 100);
});

test('100 additions at the same time are all there', async () => {
  const [object] = await saved(freshClass('Op'), { list: [] });
  const Class = Parse.Object.extend(object.className);
  await Promise.all(Array.from({ length: 100 }, (_, i) => Class.createWithoutData(object.id).add('list', i).save()));
  const list = (await read(object)).get('list');
  assert.deepEqual(list.sort((a, b) => a - b), Array.from({ length: 100 }, (_, i) => i));
});

test('an operation must fit the type of the field', async () => {
  const [object] = await saved(freshClass('Op'), { text: 'a', number: 1 });
  const Class = Parse.Object.extend(object.className);
  await failsWith(Parse.Error.INCORRECT_TYPE, Class.createWithoutData(object.id).increment('text').save());
  await failsWith(Parse.Error.INCORRECT_TYPE, Class.createWithoutData(object.id).add('number', 1).save());
  assert.equal((await read(object)).get('text'), 'a');
});

test('operations with wrong arguments are refused', unlikePostgres, async () => {
  const [object] = await saved(freshClass('Op'), { n: 1, list: [] });
  const path = `/classes/${object.className}/${object.id}`;
  for (const body of [{ list: { __op: 'Add', objects: 'a' } }, { list: { __op: 'Remove', objects: {} } }, { list: { __op: 'AddUnique' } }]) {
    const answer = await rest('PUT', path, body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.equal(answer.body.code, Parse.Error.INVALID_JSON, JSON.stringify([body, answer.body]));
  }
});

test('an operation nobody knows is refused', unlikePostgres, async () => {
  const [object] = await saved(freshClass('Op'), { n: 1 });
  const answer = await rest('PUT', `/classes/${object.className}/${object.id}`, { n: { __op: 'Explode' } });
  assert.equal(answer.body.code, Parse.Error.COMMAND_UNAVAILABLE, JSON.stringify(answer.body));
});
