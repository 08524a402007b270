'use strict';
const { test } = require('node:test');
const { Parse, assert, failsWith, freshClass, master, rest, saved } = require('./support');

test('saveAll saves 1,000 objects', async () => {
  const className = freshClass('Thousand');
  const objects = Array.from({ length: 1000 }, (_, n) => new Parse.Object(className, { n, text: `object ${n}`, even: n % 2 === 0 }));
  await Parse.Object.saveAll(objects);
  assert.equal(new Set(objects.map(object => object.id)).size, 1000);
  assert.equal(await new Parse.Query(className).count(), 1000);
  const read = await new Parse.Query(className).ascending('n').limit(1000).find();
  assert.deepEqual(read.map(object => object.get('n')), objects.map(object => object.get('n')));
  assert.deepEqual(read.map(object => object.id), objects.map(object => object.id));
});

test('saveAll updates what is there and creates what is not', async () => {
  const className = freshClass('Mixed');
  const [old] = await saved(className, { n: 1 });
  const fresh = new Parse.Object(className, { n: 3 });
  old.set('n', 2);
  await Parse.Object.saveAll([old, fresh]);
  const read = await new Parse.Query(className).ascending('n').find();
  assert.deepEqual(read.map(object => [object.id, object.get('n')]), [[old.id, 2], [fresh.id, 3]]);
});

test('destroyAll deletes all', async () => {
  const className = freshClass('Destroy');
  const objects = await saved(className, ...Array.from({ length: 60 }, (_, n) => ({ n })));
  await Parse.Object.destroyAll(objects.slice(0, 55), { batchSize: 20 });
  assert.equal(await new Parse.Query(className).count(), 5);
});

test('destroyAll tells which objects were not there', async () => {
  const className = freshClass('Destroy');
  const objects = await saved(className, { n: 0 }, { n: 1 }, { n: 2 });
  await Parse.Object.extend(className).createWithoutData(objects[1].id).destroy();
  const error = await failsWith(Parse.Error.AGGREGATE_ERROR, Parse.Object.destroyAll(objects));
  assert.equal(error.errors.length, 1);
  assert.equal(error.errors[0].code, Parse.Error.OBJECT_NOT_FOUND);
  assert.equal(error.errors[0].object.id, objects[1].id);
  assert.equal(await new Parse.Query(className).count(), 0);
});

test('one refused object does not stop the others', async () => {
  const className = freshClass('Partly');
  await saved(className, { n: 1 });
  const good = new Parse.Object(className, { n: 2 });
  const bad = new Parse.Object(className, { n: 'text' });
  const error = await Parse.Object.saveAll([good, bad]).then(() => null, reason => reason);
  assert.equal(error.code, Parse.Error.INCORRECT_TYPE, String(error));
  assert.equal(await new Parse.Query(className).count(), 2);
});

test('a batch answers in the order of its requests', async () => {
  const className = freshClass('Batch');
  const path = new URL(Parse.serverURL).pathname.replace(/\/$/, '');
  const created = await rest('POST', '/batch', {
    requests: Array.from({ length: 20 }, (_, n) => ({ method: 'POST', path: `${path}/classes/${className}`, body: { n } })),
  });
  assert.equal(created.status, 200, JSON.stringify(created.body));
  assert.equal(created.body.length, 20);
  const ids = created.body.map(answer => answer.success.objectId);
  const answers = await rest('POST', '/batch', {
    requests: [
      { method: 'PUT', path: `${path}/classes/${className}/${ids[3]}`, body: { n: 33 } },
      { method: 'DELETE', path: `${path}/classes/${className}/${ids[4]}` },
      { method: 'PUT', path: `${path}/classes/${className}/doesNotExi`, body: { n: 1 } },
      { method: 'GET', path: `${path}/classes/${className}/${ids[5]}` },
    ],
  });
  assert.ok(answers.body[0].success.updatedAt);
  assert.deepEqual(answers.body[1], { success: {} });
  assert.equal(answers.body[2].error.code, Parse.Error.OBJECT_NOT_FOUND);
  assert.equal(answers.body[3].success.n, 5);
});

test('a batch whose path is elsewhere is refused', async () => {
  const answer = await rest('POST', '/batch', { requests: [{ method: 'POST', path: '/elsewhere/classes/X', body: {} }] });
  assert.equal(answer.status, 400);
  assert.equal(answer.body.code, Parse.Error.INVALID_JSON, JSON.stringify(answer.body));
});

test('a batch without a list is refused', async () => {
  const answer = await rest('POST', '/batch', { requests: 'none' });
  assert.equal(answer.status, 400);
  assert.equal(answer.body.code, Parse.Error.INVALID_JSON, JSON.stringify(answer.body));
});

test('a transaction keeps everything', async () => {
  const className = freshClass('Transaction');
  await saved(className, { n: 0 });
  const objects = [1, 2, 3].map(n => new Parse.Object(className, { n }));
  await Parse.Object.saveAll(objects, { transaction: true });
  assert.equal(await new Parse.Query(className).count(), 4);
});

test('a transaction keeps everything or nothing', async () => {
  const className = freshClass('Transaction');
  const [first] = await saved(className, { n: 0 });
  const path = new URL(Parse.serverURL).pathname.replace(/\/$/, '');
  const answer = await rest('POST', '/batch', {
    transaction: true,
    requests: [
      { method: 'POST', path: `${path}/classes/${className}`, body: { n: 1 } },
      { method: 'PUT', path: `${path}/classes/${className}/${first.id}`, body: { n: 99 } },
      { method: 'POST', path: `${path}/classes/${className}`, body: { n: 'text' } },
    ],
  });
  assert.ok(answer.status >= 400, JSON.stringify(answer.body));
  assert.equal(await new Parse.Query(className).count(), 1);
  assert.equal((await new Parse.Query(className).first()).get('n'), 0);
});

test('a batch with the master key may do more', async () => {
  const className = freshClass('Locked');
  const locked = new Parse.Object(className, { n: 1 });
  locked.setACL(new Parse.ACL());
  await locked.save(null, master);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.Object.saveAll([locked.set('n', 2)]));
  await Parse.Object.saveAll([locked], master);
  assert.equal((await new Parse.Query(className).first(master)).get('n'), 2);
});

test('50 classes made at the same time give no error', async () => {
  const name = freshClass('Parallel');
  const objects = await Promise.all(Array.from({ length: 50 }, (_, n) => new Parse.Object(`${name}_${n % 25}`, { n }).save()));
  assert.equal(objects.length, 50);
});

test('50 fields added at the same time give no error', async () => {
  const className = freshClass('Parallel');
  await saved(className, { a: 1 });
  await Promise.all(Array.from({ length: 50 }, (_, n) => new Parse.Object(className, { [`field${n % 25}`]: n }).save()));
  assert.equal(await new Parse.Query(className).count(), 51);
});
