'use strict';
const { test, before } = require('node:test');
const { Parse, assert, failsWith, freshClass, master, rest, saved, unlikePostgres, values } = require('./support');

const Person = freshClass('Person');
const City = freshClass('City');

/*            age  city    tags              nick                                    */
const rows = [
  { name: 'Ann', age: 31, city: 'Bern', tags: ['red', 'blue'], nick: 'a.n', born: new Date('1990-01-01T00:00:00Z'), active: true, address: { street: 'Main', no: 1 } },
  { name: 'Bob', age: 25, city: 'Basel', tags: ['red'], born: new Date('1996-05-05T12:00:00Z'), active: false, address: { street: 'Side', no: 2 } },
  { name: 'Cora', age: 40, city: 'Bern', tags: ['blue', 'green'], nick: 'Coco', active: true },
  { name: 'Dan', age: 25, city: 'Chur', tags: [], nick: '', born: new Date('1996-05-05T12:00:00.001Z') },
  { name: 'Eva', city: 'Atlantis', tags: ['green', 'red', 'blue'] },
];
const people = {};

before(async () => {
  await saved(City, { name: 'Bern', people: 130000 }, { name: 'Basel', people: 170000 }, { name: 'Chur', people: 35000 });
  for (const person of await saved(Person, ...rows)) {
    people[person.get('name')] = person;
  }
});

const query = () => new Parse.Query(Person);

async function names(q, options) {
  return values(await q.find(options), 'name');
}

/** The names found, in alphabetical order. */
async function found(q, options) {
  return (await names(q, options)).sort();
}

test('equalTo and notEqualTo', async () => {
  assert.deepEqual(await found(query().equalTo('city', 'Bern')), ['Ann', 'Cora']);
  assert.deepEqual(await found(query().equalTo('age', 25)), ['Bob', 'Dan']);
  assert.deepEqual(await found(query().equalTo('active', true)), ['Ann', 'Cora']);
  assert.deepEqual(await found(query().equalTo('born', rows[1].born)), ['Bob']);
  assert.deepEqual(await found(query().equalTo('city', 'bern')), []);
  assert.deepEqual(await found(query().notEqualTo('city', 'Bern')), ['Bob', 'Dan', 'Eva']);
  assert.deepEqual(await found(query().notEqualTo('age', 25)), ['Ann', 'Cora', 'Eva']);
});

test('equalTo on an array finds the objects that contain the value', unlikePostgres, async () => {
  assert.deepEqual(await found(query().equalTo('tags', 'red')), ['Ann', 'Bob', 'Eva']);
  assert.deepEqual(await found(query().notEqualTo('tags', 'red')), ['Cora', 'Dan']);
});

test('equalTo objectId finds one object', async () => {
  assert.deepEqual(await found(query().equalTo('objectId', people.Bob.id)), ['Bob']);
  assert.deepEqual(await found(query().containedIn('objectId', [people.Bob.id, people.Eva.id])), ['Bob', 'Eva']);
});

test('equalTo null and undefined find what is not there', async () => {
  assert.deepEqual(await found(query().equalTo('age', null)), ['Eva']);
  assert.deepEqual(await found(query().equalTo('age', undefined)), ['Eva']);
  assert.deepEqual(await found(query().notEqualTo('age', null)), ['Ann', 'Bob', 'Cora', 'Dan']);
});

test('greater and less', async () => {
  assert.deepEqual(await found(query().lessThan('age', 31)), ['Bob', 'Dan']);
  assert.deepEqual(await found(query().lessThanOrEqualTo('age', 31)), ['Ann', 'Bob', 'Dan']);
  assert.deepEqual(await found(query().greaterThan('age', 31)), ['Cora']);
  assert.deepEqual(await found(query().greaterThanOrEqualTo('age', 31)), ['Ann', 'Cora']);
  assert.deepEqual(await found(query().greaterThan('age', 25).lessThan('age', 40)), ['Ann']);
  assert.deepEqual(await found(query().greaterThan('name', 'Bob')), ['Cora', 'Dan', 'Eva']);
  assert.deepEqual(await found(query().greaterThan('born', rows[1].born)), ['Dan']);
});

test('createdAt and updatedAt can be compared', async () => {
  assert.equal(await query().lessThan('createdAt', new Date(Date.now() + 3600_000)).count(), 5);
  assert.equal(await query().greaterThan('updatedAt', new Date(Date.now() + 3600_000)).count(), 0);
  assert.deepEqual(await found(query().equalTo('createdAt', people.Ann.createdAt).equalTo('name', 'Ann')), ['Ann']);
});

test('containedIn and notContainedIn', async () => {
  assert.deepEqual(await found(query().containedIn('city', ['Bern', 'Chur', 'Nowhere'])), ['Ann', 'Cora', 'Dan']);
  assert.deepEqual(await found(query().containedIn('age', [25, 40])), ['Bob', 'Cora', 'Dan']);
  assert.deepEqual(await found(query().notContainedIn('city', ['Bern', 'Chur'])), ['Bob', 'Eva']);
  assert.deepEqual(await found(query().notContainedIn('city', [])), ['Ann', 'Bob', 'Cora', 'Dan', 'Eva']);
  assert.deepEqual(await found(query().containedIn('tags', ['green'])), ['Cora', 'Eva']);
  assert.deepEqual(await found(query().notContainedIn('tags', ['red', 'green'])), ['Dan']);
});

test('containedIn an empty list finds nothing, notContainedIn finds objects without the field', unlikePostgres, async () => {
  assert.deepEqual(await found(query().containedIn('age', [])), []);
  assert.deepEqual(await found(query().notContainedIn('age', [25, 31])), ['Cora', 'Eva']);
});

test('containsAll, containedBy and containsAllStartingWith', async () => {
  assert.deepEqual(await found(query().containsAll('tags', ['red', 'blue'])), ['Ann', 'Eva']);
  assert.deepEqual(await found(query().containsAll('tags', ['red', 'purple'])), []);
  assert.deepEqual(await found(query().containedBy('tags', ['red', 'blue', 'purple'])), ['Ann', 'Bob', 'Dan']);
  assert.deepEqual(await found(query().containsAllStartingWith('tags', ['gr', 'bl'])), ['Cora', 'Eva']);
});

test('exists and doesNotExist', async () => {
  assert.deepEqual(await found(query().exists('nick')), ['Ann', 'Cora', 'Dan']);
  assert.deepEqual(await found(query().doesNotExist('nick')), ['Bob', 'Eva']);
  assert.deepEqual(await found(query().doesNotExist('fieldThatNobodyHas')), ['Ann', 'Bob', 'Cora', 'Dan', 'Eva']);
});

test('startsWith, endsWith, contains and matches', async () => {
  assert.deepEqual(await found(query().startsWith('city', 'B')), ['Ann', 'Bob', 'Cora']);
  assert.deepEqual(await found(query().startsWith('city', 'b', 'i')), ['Ann', 'Bob', 'Cora']);
  assert.deepEqual(await found(query().startsWith('nick', 'a.')), ['Ann']);
  assert.deepEqual(await found(query().startsWith('nick', '.')), []);
  assert.deepEqual(await found(query().endsWith('name', 'n')), ['Ann', 'Dan']);
  assert.deepEqual(await found(query().contains('city', 'as')), ['Bob']);
  assert.deepEqual(await found(query().contains('city', 'B.')), []);
  assert.deepEqual(await found(query().matches('city', /^B.+l$/)), ['Bob']);
  assert.deepEqual(await found(query().matches('city', /^b/i)), ['Ann', 'Bob', 'Cora']);
  assert.deepEqual(await found(query().matches('city', '^ b # a comment', 'ix')), ['Ann', 'Bob', 'Cora']);
  assert.deepEqual(await found(query().matches('name', '^(Ann|Bob)$')), ['Ann', 'Bob']);
});

test('a search text with signs of regular expressions means itself', async () => {
  const className = freshClass('Signs');
  const texts = ['a+b', 'a.b', '(x)', '[y]', 'back\\slash', '$money', '^up', 'one|two', 'star*', "it's", '"dq"', '%per_cent'];
  await saved(className, ...texts.map(text => ({ text })));
  for (const text of texts) {
    assert.deepEqual(values(await new Parse.Query(className).startsWith('text', text).find(), 'text'), [text]);
    assert.deepEqual(values(await new Parse.Query(className).contains('text', text).find(), 'text'), [text]);
    assert.deepEqual(values(await new Parse.Query(className).endsWith('text', text).find(), 'text'), [text]);
    assert.deepEqual(values(await new Parse.Query(className).equalTo('text', text).find(), 'text'), [text]);
  }
});

test('a search text may hold the quotes of regular expressions', unlikePostgres, async () => {
  const className = freshClass('Signs');
  await saved(className, { text: '\\Qquoted\\E' });
  assert.equal(await new Parse.Query(className).startsWith('text', '\\Qquoted\\E').count(), 1);
  assert.equal(await new Parse.Query(className).contains('text', 'quoted\\E').count(), 1);
});

test('or, and', async () => {
  const young = query().lessThan('age', 30);
  const inBern = query().equalTo('city', 'Bern');
  const active = query().equalTo('active', true);
  assert.deepEqual(await found(Parse.Query.or(young, inBern)), ['Ann', 'Bob', 'Cora', 'Dan']);
  assert.deepEqual(await found(Parse.Query.and(inBern, active, query().greaterThan('age', 35))), ['Cora']);
  assert.deepEqual(await found(Parse.Query.or(young, inBern).equalTo('name', 'Ann')), ['Ann']);
  assert.deepEqual(await found(Parse.Query.or(Parse.Query.and(inBern, young), Parse.Query.or(query().equalTo('name', 'Eva'), query().equalTo('name', 'Dan')))), ['Dan', 'Eva']);
});

test('nor finds what matches none of the queries', unlikePostgres, async () => {
  assert.deepEqual(await found(Parse.Query.nor(query().lessThan('age', 30), query().equalTo('city', 'Bern'))), ['Eva']);
});

test('constraints on parts of an object', async () => {
  assert.deepEqual(await found(query().equalTo('address.street', 'Main')), ['Ann']);
  assert.deepEqual(await found(query().equalTo('address.no', 2)), ['Bob']);
  assert.deepEqual(await found(query().greaterThan('address.no', 0)), ['Ann', 'Bob']);
});

test('lists and presence of parts of an object', unlikePostgres, async () => {
  assert.deepEqual(await found(query().exists('address.street')), ['Ann', 'Bob']);
  assert.deepEqual(await found(query().doesNotExist('address.street')), ['Cora', 'Dan', 'Eva']);
  assert.deepEqual(await found(query().containedIn('address.street', ['Side', 'Main'])), ['Ann', 'Bob']);
});

test('matchesKeyInQuery and doesNotMatchKeyInQuery', async () => {
  const big = new Parse.Query(City).greaterThan('people', 100000);
  assert.deepEqual(await found(query().matchesKeyInQuery('city', 'name', big)), ['Ann', 'Bob', 'Cora']);
  assert.deepEqual(await found(query().doesNotMatchKeyInQuery('city', 'name', big)), ['Dan', 'Eva']);
  assert.deepEqual(await found(query().doesNotMatchKeyInQuery('city', 'name', new Parse.Query(City))), ['Eva']);
});

test('matchesQuery and doesNotMatchQuery', async () => {
  const className = freshClass('Visit');
  await saved(className, { name: 'v1', person: people.Ann }, { name: 'v2', person: people.Bob }, { name: 'v3', person: people.Cora }, { name: 'v4' });
  const visits = () => new Parse.Query(className);
  const inBern = query().equalTo('city', 'Bern');
  assert.deepEqual(await found(visits().matchesQuery('person', inBern)), ['v1', 'v3']);
  const others = await found(visits().exists('person').doesNotMatchQuery('person', inBern));
  assert.deepEqual(others, ['v2']);
  assert.deepEqual(await found(visits().equalTo('person', people.Bob)), ['v2']);
  assert.deepEqual(await found(visits().exists('person').notEqualTo('person', people.Bob)), ['v1', 'v3']);
  assert.deepEqual(await found(visits().containedIn('person', [people.Ann, people.Bob])), ['v1', 'v2']);
});

test('a query that finds nothing matches nothing', unlikePostgres, async () => {
  const className = freshClass('Visit');
  await saved(className, { name: 'v1', person: people.Ann }, { name: 'v2' });
  const nobody = query().equalTo('city', 'Nowhere');
  assert.deepEqual(await found(new Parse.Query(className).matchesQuery('person', nobody)), []);
  assert.deepEqual(await found(new Parse.Query(className).doesNotMatchQuery('person', nobody)), ['v1', 'v2']);
});

test('subqueries may be nested', async () => {
  const Visit = freshClass('Visit');
  const Report = freshClass('Report');
  const visits = await saved(Visit, { name: 'v1', person: people.Ann }, { name: 'v2', person: people.Bob });
  await saved(Report, { name: 'r1', visit: visits[0] }, { name: 'r2', visit: visits[1] });
  const bigCities = new Parse.Query(City).equalTo('people', 130000);
  const persons = query().matchesKeyInQuery('city', 'name', bigCities);
  const q = new Parse.Query(Report).matchesQuery('visit', new Parse.Query(Visit).matchesQuery('person', persons));
  assert.deepEqual(await found(q), ['r1']);
});

test('ascending and descending, also by more than one field', async () => {
  assert.deepEqual(await names(query().ascending('name')), ['Ann', 'Bob', 'Cora', 'Dan', 'Eva']);
  assert.deepEqual(await names(query().descending('name')), ['Eva', 'Dan', 'Cora', 'Bob', 'Ann']);
  assert.deepEqual(await names(query().exists('age').ascending('age').addDescending('name')), ['Dan', 'Bob', 'Ann', 'Cora']);
  assert.deepEqual(await names(query().exists('age').descending('age', 'name')), ['Cora', 'Ann', 'Dan', 'Bob']);
  assert.deepEqual(await names(query().exists('age').descending(['age']).addAscending('name')), ['Cora', 'Ann', 'Bob', 'Dan']);
});

test('capital letters come before small ones', async () => {
  const className = freshClass('Letters');
  await saved(className, ...['b', 'B', 'a', 'A', 'é', 'Z'].map(name => ({ name })));
  assert.deepEqual(await names(new Parse.Query(className).ascending('name')), ['A', 'B', 'Z', 'a', 'b', 'é']);
});

test('limit and skip take a window of the ordered objects', async () => {
  assert.deepEqual(await names(query().ascending('name').limit(2)), ['Ann', 'Bob']);
  assert.deepEqual(await names(query().ascending('name').skip(3)), ['Dan', 'Eva']);
  assert.deepEqual(await names(query().ascending('name').skip(1).limit(2)), ['Bob', 'Cora']);
  assert.deepEqual(await names(query().limit(0)), []);
  assert.deepEqual(await names(query().skip(100)), []);
});

test('a find without limit answers 100 objects, and more when asked', async () => {
  const className = freshClass('Many');
  await saved(className, ...Array.from({ length: 120 }, (_, n) => ({ n })));
  assert.equal((await new Parse.Query(className).find()).length, 100);
  assert.equal((await new Parse.Query(className).limit(1000).find()).length, 120);
});

test('count, and find with count', async () => {
  assert.equal(await query().count(), 5);
  assert.equal(await query().equalTo('city', 'Bern').limit(1).count(), 2);
  const { results, count } = await query().equalTo('city', 'Bern').limit(1).withCount().find();
  assert.equal(results.length, 1);
  assert.equal(count, 2);
  const nothing = await query().limit(0).withCount().find();
  assert.deepEqual(nothing.results, []);
  assert.equal(nothing.count, 5);
});

test('first answers one object, or undefined', async () => {
  assert.equal((await query().descending('age').exists('age').first()).get('name'), 'Cora');
  assert.equal(await query().equalTo('name', 'Nobody').first(), undefined);
});

test('get answers the object with the id', async () => {
  assert.equal((await query().get(people.Dan.id)).get('name'), 'Dan');
  await failsWith(Parse.Error.OBJECT_NOT_FOUND, query().get('noSuchId99'));
});

test('select and exclude', async () => {
  const selected = await query().select('name', 'age').equalTo('name', 'Ann').first();
  assert.deepEqual(Object.keys(selected.attributes).sort(), ['age', 'createdAt', 'name', 'updatedAt']);
  const excluded = await query().exclude('age', 'tags', 'address').equalTo('name', 'Ann').first();
  assert.deepEqual(Object.keys(excluded.attributes).sort(), ['active', 'born', 'city', 'createdAt', 'name', 'nick', 'updatedAt']);
  assert.ok(excluded.id);
});

test('each, eachBatch, map, reduce and filter visit every object', async () => {
  const each = [];
  await query().each(person => {
    each.push(person.get('name'));
  });
  assert.deepEqual(each.sort(), ['Ann', 'Bob', 'Cora', 'Dan', 'Eva']);
  const sizes = [];
  await query().eachBatch(
    batch => {
      sizes.push(batch.length);
    },
    { batchSize: 2 }
  );
  assert.deepEqual(sizes, [2, 2, 1]);
  assert.equal((await query().findAll({ batchSize: 3 })).length, 5);
  assert.deepEqual((await query().map(person => person.get('name'))).sort(), ['Ann', 'Bob', 'Cora', 'Dan', 'Eva']);
  assert.equal(await query().exists('age').reduce((sum, person) => sum + person.get('age'), 0), 121);
  assert.equal((await query().filter(person => person.get('active'))).length, 2);
});

test('include brings the objects behind pointers, at any depth', async () => {
  const A = freshClass('A');
  const B = freshClass('B');
  const C = freshClass('C');
  const [c] = await saved(C, { name: 'c', person: people.Ann });
  const [b] = await saved(B, { name: 'b', c, list: [c, people.Bob] });
  await saved(A, { name: 'a', b, other: people.Cora });
  const plain = await new Parse.Query(A).first();
  assert.equal(plain.get('b').isDataAvailable(), false);
  const one = await new Parse.Query(A).include('b').first();
  assert.equal(one.get('b').get('name'), 'b');
  assert.equal(one.get('b').get('c').isDataAvailable(), false);
  assert.equal(one.get('other').isDataAvailable(), false);
  const deep = await new Parse.Query(A).include('b.c.person', 'b.list', 'other').first();
  assert.equal(deep.get('b').get('c').get('person').get('name'), 'Ann');
  assert.deepEqual(values(deep.get('b').get('list'), 'name'), ['c', 'Bob']);
  assert.equal(deep.get('other').get('name'), 'Cora');
  const all = await new Parse.Query(A).includeAll().first();
  assert.equal(all.get('b').get('name'), 'b');
  assert.equal(all.get('other').get('name'), 'Cora');
  const selected = await new Parse.Query(A).select('b.name').first();
  assert.equal(selected.get('b').get('name'), 'b');
  assert.equal(selected.get('b').has('c'), false);
});

test('include leaves out what was deleted', async () => {
  const className = freshClass('Dangling');
  const [target] = await saved(freshClass('Target'), { name: 't' });
  await saved(className, { name: 'd', target });
  await target.destroy();
  const object = await new Parse.Query(className).include('target').first();
  assert.equal(object.get('name'), 'd');
  assert.equal(object.get('target'), undefined);
});

test('full text search finds words', async () => {
  const className = freshClass('Text');
  await saved(className, { name: 'n1', text: 'Coffee is good coffee' }, { name: 'n2', text: 'A shop for tea' }, { name: 'n3', text: 'One coffee shop' }, { name: 'n4' });
  assert.deepEqual(await found(new Parse.Query(className).fullText('text', 'coffee')), ['n1', 'n3']);
  assert.deepEqual(await found(new Parse.Query(className).fullText('text', 'COFFEE')), ['n1', 'n3']);
  assert.deepEqual(await found(new Parse.Query(className).fullText('text', 'tea')), ['n2']);
  assert.deepEqual(await found(new Parse.Query(className).fullText('text', 'water')), []);
  assert.equal((await new Parse.Query(className).fullText('text', 'coffee').ascending('$score').select('$score').find()).length, 2);
});

test('distinct answers each value once', async () => {
  assert.deepEqual((await query().distinct('city')).sort(), ['Atlantis', 'Basel', 'Bern', 'Chur']);
  assert.deepEqual((await query().equalTo('city', 'Bern').distinct('age')).sort(), [31, 40]);
  assert.deepEqual((await query().distinct('tags')).sort(), ['blue', 'green', 'red']);
});

test('aggregate groups, sums, sorts and limits', async () => {
  const byCity = await query().aggregate([
    { $match: { age: { $gt: 1 } } },
    { $group: { _id: '$city', total: { $sum: '$age' }, average: { $avg: '$age' }, oldest: { $max: '$age' }, youngest: { $min: '$age' }, count: { $sum: 1 } } },
    { $sort: { total: -1 } },
  ]);
  assert.deepEqual(byCity.map(row => [row.objectId, row.total, row.average, row.oldest, row.youngest, row.count]), [
    ['Bern', 71, 35.5, 40, 31, 2],
    ...byCity.slice(1).map(row => [row.objectId, 25, 25, 25, 25, 1]),
  ]);
  assert.deepEqual(byCity.map(row => row.objectId).sort(), ['Basel', 'Bern', 'Chur']);
});

test('aggregate understands more of MongoDB’s stages', unlikePostgres, async () => {
  const page = await query().aggregate([{ $sort: { name: 1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { name: 1 } }]);
  assert.deepEqual(page.map(row => row.name), ['Bob', 'Cora']);
  const tags = await query().aggregate([{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { n: -1, _id: 1 } }]);
  assert.deepEqual(tags.map(row => [row.objectId, row.n]), [['blue', 3], ['red', 3], ['green', 2]]);
  const [all] = await query().aggregate([{ $group: { _id: null, total: { $sum: '$age' } } }]);
  assert.equal(all.total, 121);
  const [{ n }] = await query().aggregate([{ $match: { city: 'Bern' } }, { $count: 'n' }]);
  assert.equal(n, 2);
});

test('aggregate needs the master key', async () => {
  const answer = await rest('GET', `/aggregate/${Person}?pipeline=${encodeURIComponent('[{"$limit":1}]')}`);
  assert.equal(answer.status, 403);
  assert.equal(answer.body.error, 'Permission denied');
});

test('explain answers a plan to the master key', async () => {
  const plan = await query().equalTo('city', 'Bern').explain().find(master);
  assert.ok(plan);
});

test('a query made as JSON means the same', async () => {
  const json = query().equalTo('city', 'Bern').ascending('age').limit(1).toJSON();
  assert.deepEqual(await names(Parse.Query.fromJSON(Person, json)), ['Ann']);
});

test('dates relative to now', async () => {
  const className = freshClass('Relative');
  const hour = 3600_000;
  await saved(className, { name: 'past', at: new Date(Date.now() - 5 * hour) }, { name: 'soon', at: new Date(Date.now() + 5 * hour) });
  const where = encodeURIComponent(JSON.stringify({ at: { $gt: { $relativeTime: '1 day ago' }, $lt: { $relativeTime: 'now' } } }));
  const answer = await rest('GET', `/classes/${className}?where=${where}`);
  assert.deepEqual(answer.body.results?.map(row => row.name), ['past'], JSON.stringify(answer.body));
});

test('a query that cannot be is refused', async () => {
  const where = json => rest('GET', `/classes/${Person}?where=${encodeURIComponent(json)}`);
  for (const [json, code] of [
    ['{bad', Parse.Error.INVALID_JSON],
    ['{"city":{"$in":"Bern"}}', Parse.Error.INVALID_JSON],
    ['{"city":{"$nin":"Bern"}}', Parse.Error.INVALID_JSON],
    ['{"city":{"$regex":1}}', Parse.Error.INVALID_QUERY],
    ['{"city":{"$regex":"a","$options":"z"}}', Parse.Error.INVALID_QUERY],
    ['{"$or":{"a":1}}', Parse.Error.INVALID_QUERY],
    ['{"$nor":[]}', Parse.Error.INVALID_QUERY],
    ['{"city":{"$inQuery":{"where":{}}}}', Parse.Error.INVALID_QUERY],
    ['{"city":{"$select":{"query":{}}}}', Parse.Error.INVALID_QUERY],
    ['{"a b":1}', Parse.Error.INVALID_KEY_NAME],
  ]) {
    const answer = await where(json);
    assert.equal(answer.status, 400, `${json}: ${JSON.stringify(answer.body)}`);
    assert.equal(answer.body.code, code, `${json}: ${JSON.stringify(answer.body)}`);
  }
  assert.equal((await rest('GET', `/classes/${Person}?unknownParameter=1`)).body.code, Parse.Error.INVALID_QUERY);
});

test('a constraint nobody knows is refused', unlikePostgres, async () => {
  const answer = await rest('GET', `/classes/${Person}?where=${encodeURIComponent('{"age":{"$above":1}}')}`);
  assert.equal(answer.body.code, Parse.Error.INVALID_JSON, JSON.stringify(answer.body));
});
