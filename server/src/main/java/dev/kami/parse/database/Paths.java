package dev.kami.parse.database;

import dev.kami.parse.query.Constraint;

/** Which field a constraint speaks of. */
public final class Paths {
    private Paths() {}

    /** The path of a constraint on one field, {@code null} for combinations and for constraints on the whole object. */
    public static String of(Constraint constraint) {
        return switch (constraint) {
            case Constraint.And _, Constraint.Or _, Constraint.Nor _ -> null;
            case Constraint.RelatedTo _, Constraint.Joined _, Constraint.Permitted _ -> null;
            case Constraint.EqualTo c -> c.path();
            case Constraint.NotEqual c -> c.path();
            case Constraint.Compare c -> c.path();
            case Constraint.In c -> c.path();
            case Constraint.NotIn c -> c.path();
            case Constraint.All c -> c.path();
            case Constraint.AllStartWith c -> c.path();
            case Constraint.ContainedBy c -> c.path();
            case Constraint.Exists c -> c.path();
            case Constraint.Regex c -> c.path();
            case Constraint.Text c -> c.path();
            case Constraint.Near c -> c.path();
            case Constraint.WithinBox c -> c.path();
            case Constraint.WithinPolygon c -> c.path();
            case Constraint.WithinSphere c -> c.path();
            case Constraint.Intersects c -> c.path();
            case Constraint.InQuery c -> c.path();
            case Constraint.Select c -> c.path();
        };
    }
}
