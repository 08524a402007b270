'use strict';
const { test } = require('node:test');
const { Parse, assert, failsWith, freshClass, master, rest, saved } = require('./support');

function acl(read, write) {
  const result = new Parse.ACL();
  result.setPublicReadAccess(read);
  result.setPublicWriteAccess(write);
  return result;
}

async function guarded(read, write) {
  const object = new Parse.Object(freshClass('Guarded'), { n: 1 });
  object.setACL(acl(read, write));
  await object.save();
  return object;
}

const find = object => new Parse.Query(object.className).equalTo('objectId', object.id);

test('an object that nobody may read is found with the master key only', async () => {
  const object = await guarded(false, false);
  assert.deepEqual(await find(object).find(), []);
  assert.equal(await find(object).count(), 0);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, new Parse.Query(object.className).get(object.id));
  assert.equal((await new Parse.Query(object.className).get(object.id, master)).get('n'), 1);
  assert.equal(await find(object).count(master), 1);
});

test('an object that nobody may write is changed with the master key only', async () => {
  const object = await guarded(true, false);
  assert.equal((await find(object).first()).get('n'), 1);
  object.set('n', 2);
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, object.save());
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, Parse.Object.extend(object.className).createWithoutData(object.id).destroy());
  object.set('n', 3);
  await object.save(null, master);
  assert.equal((await find(object).first()).get('n'), 3);
  await object.destroy(master);
  assert.equal(await find(object).count(master), 0);
});

test('the ACL comes back with the object', async () => {
  const object = await guarded(true, false);
  const read = await find(object).first();
  assert.equal(read.getACL().getPublicReadAccess(), true);
  assert.equal(read.getACL().getPublicWriteAccess(), false);
  assert.deepEqual(read.getACL().toJSON(), { '*': { read: true } });
});

test('the ACL of a user and a role are kept', async () => {
  const object = new Parse.Object(freshClass('Guarded'), { n: 1 });
  const rights = acl(true, false);
  rights.setWriteAccess('someUserId', true);
  rights.setRoleReadAccess('Editors', true);
  object.setACL(rights);
  await object.save();
  assert.deepEqual((await find(object).first()).getACL().toJSON(), {
    '*': { read: true },
    someUserId: { write: true },
    'role:Editors': { read: true },
  });
});

test('an included object that may not be read is left out', async () => {
  const secret = await guarded(false, false);
  const [holder] = await saved(freshClass('Holder'), { name: 'h', secret });
  const seen = await new Parse.Query(holder.className).include('secret').first();
  assert.equal(seen.get('secret')?.get('n'), undefined);
  const byMaster = await new Parse.Query(holder.className).include('secret').first(master);
  assert.equal(byMaster.get('secret').get('n'), 1);
});

test('the ACL can be changed later', async () => {
  const object = await guarded(true, true);
  object.setACL(acl(false, false));
  await object.save();
  assert.equal(await find(object).count(), 0);
  object.setACL(acl(true, true));
  await object.save(null, master);
  assert.equal(await find(object).count(), 1);
});

/** A class whose permissions are these, with one object in it. */
async function classWith(permissions) {
  const className = freshClass('Permitted');
  const schema = new Parse.Schema(className);
  schema.addNumber('n').addString('secret').addString('shown');
  schema.setCLP(permissions);
  await schema.save();
  const object = new Parse.Object(className, { n: 1 });
  await object.save(null, master);
  return { className, object };
}

const everybody = { '*': true };
const open = { get: everybody, find: everybody, count: everybody, create: everybody, update: everybody, delete: everybody, addField: everybody };

async function denied(promise) {
  const error = await failsWith(Parse.Error.OPERATION_FORBIDDEN, promise);
  assert.match(error.message, /^Permission denied/);
}

test('without the right to find', async () => {
  const { className, object } = await classWith({ ...open, find: {} });
  await denied(new Parse.Query(className).find());
  assert.equal((await new Parse.Query(className).find(master)).length, 1);
  const read = await rest('GET', `/classes/${className}/${object.id}`);
  assert.equal(read.status, 200);
});

test('without the right to get', async () => {
  const { className, object } = await classWith({ ...open, get: {} });
  const read = await rest('GET', `/classes/${className}/${object.id}`);
  assert.equal(read.status, 400);
  assert.equal(read.body.code, Parse.Error.OPERATION_FORBIDDEN);
  assert.equal((await new Parse.Query(className).find()).length, 1);
});

test('without the right to count', async () => {
  const { className } = await classWith({ ...open, count: {} });
  await denied(new Parse.Query(className).count());
  assert.equal(await new Parse.Query(className).exists('n').count(master), 1);
});

test('without the right to create', async () => {
  const { className } = await classWith({ ...open, create: {} });
  await denied(new Parse.Object(className, { n: 2 }).save());
  await new Parse.Object(className, { n: 2 }).save(null, master);
  assert.equal(await new Parse.Query(className).count(), 2);
});

test('without the right to update', async () => {
  const { className, object } = await classWith({ ...open, update: {} });
  await denied(object.save({ n: 2 }));
  assert.equal((await new Parse.Query(className).first()).get('n'), 1);
});

test('without the right to delete', async () => {
  const { className, object } = await classWith({ ...open, delete: {} });
  await denied(object.destroy());
  assert.equal(await new Parse.Query(className).count(), 1);
});

test('without the right to add a field', async () => {
  const { className } = await classWith({ ...open, addField: {} });
  await new Parse.Object(className, { n: 2 }).save();
  await denied(new Parse.Object(className, { n: 3, more: 1 }).save());
  await new Parse.Object(className, { n: 3, more: 1 }).save(null, master);
});

test('a right that needs a session is not the public’s', async () => {
  const { className } = await classWith({ ...open, find: { requiresAuthentication: true } });
  const error = await new Parse.Query(className).find().then(() => null, reason => reason);
  assert.ok([Parse.Error.OBJECT_NOT_FOUND, Parse.Error.OPERATION_FORBIDDEN].includes(error?.code), String(error));
});

test('protected fields are hidden from the public', async () => {
  const { className, object } = await classWith({ ...open, protectedFields: { '*': ['secret'] } });
  await object.save({ secret: 'x', shown: 'y' }, master);
  const seen = await new Parse.Query(className).first();
  assert.equal(seen.get('secret'), undefined);
  assert.equal(seen.get('shown'), 'y');
  assert.equal((await new Parse.Query(className).first(master)).get('secret'), 'x');
  await denied(new Parse.Query(className).equalTo('secret', 'x').find());
});

test('a wrong application id is refused', async () => {
  const answer = await rest('GET', '/classes/Anything', undefined, { 'X-Parse-Application-Id': 'someoneElse' });
  assert.equal(answer.status, 403);
  assert.deepEqual(answer.body, { error: 'unauthorized' });
});

test('a wrong master key gives no rights', async () => {
  const answer = await rest('GET', '/schemas', undefined, { 'X-Parse-Master-Key': 'wrong' });
  assert.equal(answer.status, 403);
});
