package disclosure

import "context"

// Classes are the equivalence classes of the records of a table on some
// columns: records with equal codes in all of them are in one class. A blank is
// a value like another, as an intruder sees it.
type Classes struct {
	// Columns are the columns asked for.
	Columns []string
	// Histogram is the sizes of the classes. Exact.
	Histogram Histogram

	table *Table
	part  *partition
	// closed is why the classes cannot be looked into.
	closed error
}

// Classes groups the records by columns, by successive refinement of stripped
// partitions: exact, without hashing. Without columns all records are in one
// class. Needs 12 bytes for each row of the table, and keeps 6. Where that does
// not fit, or codes are on disk, only the sizes of the classes are counted, and
// the methods that look into the classes fail with a MemoryError.
func (t *Table) Classes(ctx context.Context, columns ...string) (*Classes, error) {
	codes, err := t.selected(columns)
	if err != nil {
		return nil, err
	}
	c := &Classes{Columns: columns, table: t}
	if _, c.closed = t.workers(1, 2*bytesOf(t.rows)); c.closed == nil && onDisk(codes) {
		c.closed = t.tooLarge(codes)
	}
	if c.closed != nil {
		views := make([]view, len(codes))
		for i, of := range codes {
			views[i].codes = of
		}
		_, counter := t.counters(1, codes)
		c.Histogram, err = counter().count(ctx, views)
		return c, err
	}
	var p partitioner
	part, err := p.partition(ctx, t.rows, codes)
	if err != nil {
		return nil, err
	}
	kept := *part
	c.part, c.Histogram = &kept, part.histogram()
	return c, nil
}

// inside finds a column to look at class by class.
func (c *Classes) inside(column string) (*Codes, error) {
	if c.closed != nil {
		return nil, c.closed
	}
	codes, err := c.table.selected([]string{column})
	if err != nil {
		return nil, err
	}
	if onDisk(codes) {
		return nil, c.table.tooLarge(codes)
	}
	return codes[0], nil
}

// Entities are the classes counted in persons or other entities instead of in
// records, for data where one entity has several records.
type Entities struct {
	// Column is the column that tells entities apart.
	Column string `json:"column"`
	// Count is the number of distinct entities.
	Count int `json:"count"`
	// Histogram is the number of classes by the distinct entities that have a
	// record in them. Its K is the k of entities; its records are pairs of an
	// entity and a class. Exact.
	Histogram Histogram `json:"histogram"`

	// smallest is for each size the number of entities whose smallest class is
	// of that size.
	smallest Histogram
}

// Below is the number of entities with at least one record in a class of fewer
// than limit entities.
func (e *Entities) Below(limit int) int {
	n := 0
	for _, s := range e.smallest {
		if s.Size < limit {
			n += s.Classes
		}
	}
	return n
}

// Share is Below as a share of all entities, 0 to 1.
func (e *Entities) Share(limit int) float64 { return share(e.Below(limit), e.Count) }

// Entities counts the distinct entities of each class.
func (c *Classes) Entities(column string) (*Entities, error) {
	entity, err := c.inside(column)
	if err != nil {
		return nil, err
	}
	return c.part.entities(column, entity), nil
}

// entities counts the distinct entities of each class. Needs 8 bytes for each
// entity.
func (p *partition) entities(column string, entity *Codes) *Entities {
	smallest := make([]uint32, entity.Distinct())
	sizes := map[int]int{}
	// seen[e] is the number of the last class that entity e was counted in.
	seen := make([]uint32, entity.Distinct())
	class := uint32(0)
	var members []uint32
	note := func(e uint32, size int) {
		if smallest[e] == 0 || uint32(size) < smallest[e] {
			smallest[e] = uint32(size)
		}
	}
	p.classes(func(rows []uint32) {
		class++
		members = members[:0]
		for _, r := range rows {
			if e := entity.at(int(r)); seen[e] != class {
				seen[e] = class
				members = append(members, e)
			}
		}
		for _, e := range members {
			note(e, len(members))
		}
		sizes[len(members)]++
	})
	p.alone(func(row int) {
		note(entity.at(row), 1)
		sizes[1]++
	})
	out := &Entities{Column: column, Histogram: newHistogram(sizes)}
	least := map[int]int{}
	for _, s := range smallest {
		if s > 0 {
			least[int(s)]++
			out.Count++
		}
	}
	out.smallest = newHistogram(least)
	return out
}
