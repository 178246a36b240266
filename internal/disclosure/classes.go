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
}

// Classes groups the records by columns, by successive refinement of stripped
// partitions: exact, without hashing. Without columns all records are in one
// class. Needs 12 bytes for each row of the table, and keeps 6.
func (t *Table) Classes(ctx context.Context, columns ...string) (*Classes, error) {
	codes, err := t.selected(columns)
	if err != nil {
		return nil, err
	}
	if _, err := t.workers(1, 2*bytesOf(t.rows)); err != nil {
		return nil, err
	}
	var p partitioner
	part, err := p.partition(ctx, t.rows, codes)
	if err != nil {
		return nil, err
	}
	kept := *part
	return &Classes{Columns: columns, Histogram: part.histogram(), table: t, part: &kept}, nil
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

// Entities counts the distinct entities of each class.
func (c *Classes) Entities(column string) (*Entities, error) {
	codes, err := c.table.selected([]string{column})
	if err != nil {
		return nil, err
	}
	entity := codes[0]
	smallest := make([]uint32, entity.distinct)
	sizes := map[int]int{}
	// seen[e] is the number of the last class that entity e was counted in.
	seen := make([]uint32, entity.distinct)
	class := uint32(0)
	var members []uint32
	note := func(e uint32, size int) {
		if smallest[e] == 0 || uint32(size) < smallest[e] {
			smallest[e] = uint32(size)
		}
	}
	c.part.classes(func(rows []uint32) {
		class++
		members = members[:0]
		for _, r := range rows {
			if e := entity.At(int(r)); seen[e] != class {
				seen[e] = class
				members = append(members, e)
			}
		}
		for _, e := range members {
			note(e, len(members))
		}
		sizes[len(members)]++
	})
	c.part.alone(func(row int) {
		note(entity.At(row), 1)
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
	return out, nil
}
