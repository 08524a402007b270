'use strict';
const { test } = require('node:test');
const { Parse, assert, failsWith, freshClass, master, rest, saved } = require('./support');

test('a schema is created, read, changed and deleted', async () => {
  const className = freshClass('Schema');
  const target = freshClass('Target');
  await saved(target, { a: 1 });
  const schema = new Parse.Schema(className);
  schema
    .addString('text')
    .addNumber('number')
    .addBoolean('flag')
    .addBytes('bytes')
    .addDate('date')
    .addFile('file')
    .addGeoPoint('point')
    .addPolygon('polygon')
    .addArray('list')
    .addObject('object')
    .addPointer('pointer', target)
    .addRelation('relation', target);
  const created = await schema.save();
  assert.equal(created.className, className);

  const read = await new Parse.Schema(className).get();
  const types = Object.fromEntries(Object.entries(read.fields).map(([name, field]) => [name, field.type]));
  assert.deepEqual(types, {
    objectId: 'String',
    createdAt: 'Date',
    updatedAt: 'Date',
    ACL: 'ACL',
    text: 'String',
    number: 'Number',
    flag: 'Boolean',
    bytes: 'Bytes',
    date: 'Date',
    file: 'File',
    point: 'GeoPoint',
    polygon: 'Polygon',
    list: 'Array',
    object: 'Object',
    pointer: 'Pointer',
    relation: 'Relation',
  });
  assert.equal(read.fields.pointer.targetClass, target);
  assert.equal(read.fields.relation.targetClass, target);

  const change = new Parse.Schema(className);
  change.addString('more').deleteField('flag');
  await change.update();
  const changed = await new Parse.Schema(className).get();
  assert.equal(changed.fields.more.type, 'String');
  assert.equal(changed.fields.flag, undefined);

  await new Parse.Schema(className).delete();
  await failsWith(Parse.Error.INVALID_CLASS_NAME, new Parse.Schema(className).get());
});

test('all schemas can be listed', async () => {
  const className = freshClass('Listed');
  await saved(className, { a: 1 });
  const all = await Parse.Schema.all();
  assert.ok(all.some(schema => schema.className === className));
  assert.ok(all.some(schema => schema.className === '_User'));
});

test('saving an object makes its class and its fields', async () => {
  const className = freshClass('Grown');
  const [target] = await saved(freshClass('Target'), { a: 1 });
  await saved(className, {
    text: 'a', number: 1, flag: true, date: new Date(), list: [], object: {}, target, point: new Parse.GeoPoint(0, 0),
  });
  const { fields } = await new Parse.Schema(className).get();
  assert.equal(fields.text.type, 'String');
  assert.equal(fields.number.type, 'Number');
  assert.equal(fields.flag.type, 'Boolean');
  assert.equal(fields.date.type, 'Date');
  assert.equal(fields.list.type, 'Array');
  assert.equal(fields.object.type, 'Object');
  assert.equal(fields.point.type, 'GeoPoint');
  assert.deepEqual([fields.target.type, fields.target.targetClass], ['Pointer', target.className]);
});

test('required fields and default values', async () => {
  const className = freshClass('Required');
  const schema = new Parse.Schema(className);
  schema.addString('name', { required: true });
  schema.addNumber('score', { defaultValue: 7 });
  schema.addString('kind', { required: true, defaultValue: 'plain' });
  await schema.save();
  const { fields } = await new Parse.Schema(className).get();
  assert.equal(fields.name.required, true);
  assert.equal(fields.score.defaultValue, 7);
  const error = await failsWith(Parse.Error.VALIDATION_ERROR, new Parse.Object(className, { score: 1 }).save());
  assert.equal(error.message, 'name is required');
  const object = await new Parse.Object(className, { name: 'x' }).save();
  const read = await new Parse.Query(className).get(object.id);
  assert.equal(read.get('score'), 7);
  assert.equal(read.get('kind'), 'plain');
  object.unset('name');
  await failsWith(Parse.Error.VALIDATION_ERROR, object.save());
});

test('class level permissions come back as they were set', async () => {
  const className = freshClass('Clp');
  const schema = new Parse.Schema(className);
  schema.addString('a');
  schema.setCLP({ find: { '*': true }, get: { '*': true }, create: { 'role:Admin': true }, update: {}, delete: { requiresAuthentication: true } });
  await schema.save();
  const { classLevelPermissions } = await new Parse.Schema(className).get();
  assert.deepEqual(classLevelPermissions.find, { '*': true });
  assert.deepEqual(classLevelPermissions.create, { 'role:Admin': true });
  assert.deepEqual(classLevelPermissions.update, {});
  assert.deepEqual(classLevelPermissions.delete, { requiresAuthentication: true });
});

test('indexes are made and removed', async () => {
  const className = freshClass('Index');
  const schema = new Parse.Schema(className);
  schema.addString('name').addNumber('n').addIndex('name_n', { name: 1, n: 1 });
  await schema.save();
  const created = await new Parse.Schema(className).get();
  assert.deepEqual(created.indexes.name_n, { name: 1, n: 1 });
  const change = new Parse.Schema(className);
  change.deleteIndex('name_n');
  await change.update();
  assert.equal((await new Parse.Schema(className).get()).indexes?.name_n, undefined);
});

test('purge empties a class and keeps it', async () => {
  const className = freshClass('Purge');
  await saved(className, { n: 1 }, { n: 2 });
  await new Parse.Schema(className).purge();
  assert.equal(await new Parse.Query(className).count(), 0);
  assert.equal((await new Parse.Schema(className).get()).className, className);
});

test('a class with objects is not deleted', async () => {
  const className = freshClass('Full');
  const [object] = await saved(className, { n: 1 });
  const error = await failsWith(255, new Parse.Schema(className).delete());
  assert.match(error.message, /not empty/);
  await object.destroy();
  await new Parse.Schema(className).delete();
});

test('deleting a field deletes its values', async () => {
  const className = freshClass('Field');
  const [object] = await saved(className, { keep: 1, drop: 'x' });
  const change = new Parse.Schema(className);
  change.deleteField('drop');
  await change.update();
  const read = await new Parse.Query(className).get(object.id);
  assert.equal(read.has('drop'), false);
  assert.equal(read.get('keep'), 1);
  await object.save({ drop: 5 }); // a field of the name may now be of another type
  assert.equal((await new Parse.Schema(className).get()).fields.drop.type, 'Number');
});

test('what cannot be is refused', async () => {
  const className = freshClass('Refused');
  await saved(className, { a: 'text' });
  await failsWith(Parse.Error.INVALID_CLASS_NAME, new Parse.Schema(className).addString('b').save()); // it is there
  const header = { 'X-Parse-Master-Key': Parse.masterKey };
  const put = (name, body) => rest('PUT', `/schemas/${name}`, body, header);
  assert.equal((await put(className, { fields: { a: { type: 'Number' } } })).body.code, 255); // field exists
  assert.equal((await put(className, { fields: { nope: { __op: 'Delete' } } })).body.code, 255); // field does not exist
  assert.equal((await put(freshClass('Unknown'), { fields: {} })).body.code, Parse.Error.INVALID_CLASS_NAME);
  assert.equal((await put(className, { fields: { b: { type: 'Strange' } } })).body.code, Parse.Error.INCORRECT_TYPE);
  assert.equal((await put(className, { fields: { '1bad': { type: 'String' } } })).body.code, Parse.Error.INVALID_KEY_NAME);
  assert.equal((await rest('POST', '/schemas/9Lives', { className: '9Lives' }, header)).body.code, Parse.Error.INVALID_CLASS_NAME);
});

test('schemas are not for the public', async () => {
  for (const [method, path, body] of [['GET', '/schemas'], ['GET', '/schemas/Any'], ['POST', '/schemas/Any', {}], ['PUT', '/schemas/Any', {}], ['DELETE', '/schemas/Any']]) {
    const answer = await rest(method, path, body);
    assert.equal(answer.status, 403, `${method} ${path}`);
    assert.equal(answer.body.error, 'Permission denied');
  }
});

test('a class can be queried as soon as its schema is there', async () => {
  const className = freshClass('Empty');
  await new Parse.Schema(className).addString('a').save();
  assert.deepEqual(await new Parse.Query(className).equalTo('a', 'x').find(), []);
  assert.deepEqual(await new Parse.Query(className).find(master), []);
});
