package dev.kami.parse.rest;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Query;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.ReadPreference;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Puts objects in the place of pointers, one level of the include tree after the other. A level asks each class once,
 * however many pointers of however many objects and paths lead to it (twice, when two paths want different keys).
 *
 * <p>A level is a list of jobs: objects whose fields are to be filled, and the part of the tree that says which. The
 * objects found are the jobs of the next level, so they are complete before they are put in. A pointer may stand in the
 * field itself, in an array, or in an object; one that leads to nothing the caller can read disappears.
 */
final class Include {
    private final BiFunction<ReadState, Query, ReadState> reader;

    /** @param reader reads objects by their ids with the rights of the caller of the outer read */
    Include(BiFunction<ReadState, Query, ReadState> reader) {
        this.reader = reader;
    }

    void run(ReadState read) {
        if (!read.include.isEmpty() && !read.results.isEmpty() && read.explained == null) {
            read.results =
                    fill(read, List.of(new Job(read.results, read.include))).getFirst();
        }
    }

    private record Job(List<ParseObject> objects, IncludeTree tree) {}

    /** One question to the store: objects of a class, with these keys. */
    private record Wanted(String className, Set<String> keys, Set<String> excludeKeys) {}

    /** The objects of one class to which the pointers of one place in the tree lead. */
    private record Place(IncludeTree tree, String className) {}

    private List<List<ParseObject>> fill(ReadState read, List<Job> jobs) {
        var ids = new LinkedHashMap<Place, Set<String>>();
        for (Job job : jobs) {
            for (ParseObject object : job.objects()) {
                job.tree().children().forEach((field, node) -> collect(object.get(field), node, ids));
            }
        }
        Map<Place, Map<String, ParseObject>> found = ids.isEmpty() ? Map.of() : found(read, ids);
        return jobs.stream()
                .map(job -> job.objects().stream()
                        .map(object -> filled(object, job.tree(), found))
                        .toList())
                .toList();
    }

    private static void collect(ParseValue value, IncludeTree node, Map<Place, Set<String>> ids) {
        switch (value) {
            case Pointer(String className, String objectId) ->
                ids.computeIfAbsent(new Place(node, className), _ -> new LinkedHashSet<>())
                        .add(objectId);
            case Array(var items) -> items.forEach(item -> collect(item, node, ids));
            case Obj object -> node.children().forEach((key, child) -> collect(object.get(key), child, ids));
            case null, default -> {}
        }
    }

    private Map<Place, Map<String, ParseObject>> found(ReadState read, Map<Place, Set<String>> ids) {
        var wanted = new LinkedHashMap<Wanted, Set<String>>();
        ids.forEach((place, some) -> wanted.computeIfAbsent(wanted(read, place), _ -> new LinkedHashSet<>())
                .addAll(some));
        var objects = new LinkedHashMap<Wanted, Map<String, ParseObject>>();
        wanted.forEach((what, all) -> objects.put(what, read(read, what, all)));

        var places = List.copyOf(ids.keySet());
        var jobs = new ArrayList<Job>(places.size());
        for (Place place : places) {
            Map<String, ParseObject> byId = objects.get(wanted(read, place));
            jobs.add(new Job(
                    ids.get(place).stream()
                            .map(byId::get)
                            .filter(object -> object != null)
                            .toList(),
                    place.tree()));
        }
        boolean deeper = jobs.stream().anyMatch(job -> !job.tree().isEmpty());
        List<List<ParseObject>> complete =
                deeper ? fill(read, jobs) : jobs.stream().map(Job::objects).toList();

        var found = new LinkedHashMap<Place, Map<String, ParseObject>>();
        for (int i = 0; i < places.size(); i++) {
            var byId = new LinkedHashMap<String, ParseObject>();
            complete.get(i).forEach(object -> byId.put(object.objectId(), object));
            found.put(places.get(i), byId);
        }
        return found;
    }

    private static Wanted wanted(ReadState read, Place place) {
        return new Wanted(
                place.className(),
                place.tree().keys(read.query.keys()),
                place.tree().excludeKeys(read.query.excludeKeys()));
    }

    private Map<String, ParseObject> read(ReadState read, Wanted what, Set<String> ids) {
        Constraint where = ids.size() == 1
                ? new EqualTo("objectId", new Str(ids.iterator().next()))
                : new In("objectId", ids.stream().<ParseValue>map(Str::new).toList());
        ReadHints outer = read.query.hints();
        ReadPreference given = outer.includeReadPreference();
        var query = new Query(
                what.className(),
                where,
                Set.of(),
                List.of(),
                0,
                null,
                false,
                what.keys(),
                what.excludeKeys(),
                List.of(),
                false,
                null,
                new ReadHints(null, null, null, given == null ? outer.readPreference() : given, given, null));
        boolean users = what.className().equals("_User") && !read.auth().isMaster();
        var byId = new LinkedHashMap<String, ParseObject>();
        for (ParseObject object : reader.apply(read, query).results) {
            byId.put(object.objectId(), users ? object.without("sessionToken").without("authData") : object);
        }
        return byId;
    }

    private static ParseObject filled(
            ParseObject object, IncludeTree tree, Map<Place, Map<String, ParseObject>> found) {
        ParseObject filled = object;
        for (var child : tree.children().entrySet()) {
            ParseValue before = object.get(child.getKey());
            ParseValue after = filled(before, child.getValue(), found);
            if (after != before) {
                filled = filled.with(child.getKey(), after);
            }
        }
        return filled;
    }

    private static ParseValue filled(ParseValue value, IncludeTree node, Map<Place, Map<String, ParseObject>> found) {
        return switch (value) {
            case Pointer(String className, String objectId) -> {
                ParseObject object =
                        found.getOrDefault(new Place(node, className), Map.of()).get(objectId);
                yield object == null ? null : new Embedded(object);
            }
            case Array(var items) -> {
                var kept = new ArrayList<ParseValue>(items.size());
                for (ParseValue item : items) {
                    ParseValue after = filled(item, node, found);
                    if (after != null) {
                        kept.add(after);
                    }
                }
                yield new Array(kept);
            }
            case Obj(var fields) -> {
                if (node.isEmpty()) {
                    yield value;
                }
                var copy = new LinkedHashMap<>(fields);
                node.children().forEach((key, child) -> {
                    if (copy.containsKey(key)) {
                        ParseValue after = filled(copy.get(key), child, found);
                        if (after == null) {
                            copy.remove(key);
                        } else {
                            copy.put(key, after);
                        }
                    }
                });
                yield new Obj(copy);
            }
            case null, default -> value;
        };
    }
}
