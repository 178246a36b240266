package disclosure

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
)

// Drawing says how tracks are drawn for Unicity.
type Drawing struct {
	// MaxPoints is the most points that somebody is taken to know, at least 1.
	MaxPoints int
	// Entities is the most entities to draw; 0 is all.
	Entities int
	// Seed chooses which entities and points are drawn. The same seed draws the
	// same whatever the order of the rows.
	Seed uint64
}

// ErrDrawing is the error of a drawing of no points.
var ErrDrawing = errors.New("a drawing needs at least 1 point")

// Unicity is how few points of a track single out the entity that it belongs to
// (de Montjoye et al. 2013).
type Unicity struct {
	// Entity is the column that tells entities apart, Points those that together
	// make a point, such as a place and an hour.
	Entity string   `json:"entity"`
	Points []string `json:"points"`
	// Entities is the number of distinct entities in the table.
	Entities int `json:"entities"`
	// Known has the result for one point, two, and so on.
	Known []UnicityAt `json:"known"`
	// Basis is sample: points are drawn, even when all entities are.
	Basis Basis `json:"basis"`
}

// UnicityAt is the result for a number of known points.
type UnicityAt struct {
	Points int `json:"points"`
	// Drawn is the number of entities drawn, of those with at least so many
	// distinct points.
	Drawn int `json:"drawn"`
	// Unique is how many of them are the only entity with all the points drawn
	// from their track, Share their share, 0 to 1.
	Unique int     `json:"unique"`
	Share  float64 `json:"share"`
	// StandardError is that of the share, by the binomial distribution.
	StandardError float64 `json:"standard_error"`
}

// Unicity draws points of entities' own tracks and counts how often nobody else
// has all of them. An entity is drawn once for each number of points. Needs 40
// bytes a row.
func (t *Table) Unicity(ctx context.Context, entity string, points []string, d Drawing) (*Unicity, error) {
	if d.MaxPoints < 1 {
		return nil, ErrDrawing
	}
	who, err := t.selected([]string{entity})
	if err != nil {
		return nil, err
	}
	places, err := t.named(points)
	if err != nil {
		return nil, err
	}
	if all := append(codesOf(places), who...); onDisk(all) {
		return nil, t.tooLarge(all)
	}
	// The rows are held once, however many workers there are.
	if _, err := t.workers(1, 40*int64(t.rows)); err != nil {
		return nil, err
	}
	tr, err := t.tracks(ctx, who[0], places, entity)
	if err != nil {
		return nil, err
	}
	out := &Unicity{Entity: entity, Points: points, Entities: len(tr.of), Basis: Sample}
	for p := 1; p <= d.MaxPoints; p++ {
		at, err := tr.draw(ctx, t, p, d)
		if err != nil {
			return nil, err
		}
		out.Known = append(out.Known, at)
	}
	return out, nil
}

// tracks are the distinct points of each entity, and the entities at each point.
type tracks struct {
	of []track
	// at has for each point the numbers of the entities, ascending.
	at [][]uint32
	// sign has a number for each point that does not depend on the order of rows.
	sign []uint64
}

type track struct {
	sign   uint64
	points []uint32
}

func (t *Table) tracks(ctx context.Context, who *Codes, places []Column, name string) (*tracks, error) {
	var p partitioner
	part, err := p.partition(ctx, t.rows, codesOf(places))
	if err != nil {
		return nil, err
	}
	signer, err := newSigner(ctx, append(slices.Clone(places), Column{name, who}), t.rows)
	if err != nil {
		return nil, err
	}
	sign := make([]uint64, t.rows)
	err = signer.each(ctx, func(from int, signs []uint64, _ [][]uint32) { copy(sign[from:], signs) })
	if err != nil {
		return nil, err
	}
	out := new(tracks)
	number := make([]uint32, who.Distinct())
	entity := func(code uint32) uint32 {
		if number[code] == 0 {
			out.of = append(out.of, track{})
			number[code] = uint32(len(out.of))
		}
		return number[code] - 1
	}
	var members []uint32
	point := func(rows []uint32) {
		members = members[:0]
		s := uint64(0)
		for _, r := range rows {
			s += mix(sign[r])
			e := entity(who.at(int(r)))
			out.of[e].sign += mix(sign[r])
			members = append(members, e)
		}
		slices.Sort(members)
		members = slices.Compact(members)
		for _, e := range members {
			out.of[e].points = append(out.of[e].points, uint32(len(out.at)))
		}
		out.at = append(out.at, slices.Clone(members))
		out.sign = append(out.sign, s)
	}
	part.classes(point)
	single := make([]uint32, 1)
	part.alone(func(row int) {
		single[0] = uint32(row)
		point(single)
	})
	return out, nil
}

// draw takes p points of each drawn entity.
func (tr *tracks) draw(ctx context.Context, t *Table, p int, d Drawing) (UnicityAt, error) {
	at := UnicityAt{Points: p}
	type chosen struct {
		key    uint64
		entity uint32
	}
	var drawn []chosen
	like := make(map[uint64]uint64, len(tr.of))
	for e, track := range tr.of {
		if len(track.points) >= p {
			// Tracks that play the same part must not be drawn alike.
			drawn = append(drawn, chosen{mix(d.Seed ^ mix(track.sign+like[track.sign])), uint32(e)})
			like[track.sign]++
		}
	}
	slices.SortFunc(drawn, func(a, b chosen) int { return cmp.Compare(a.key, b.key) })
	if d.Entities > 0 {
		drawn = drawn[:min(d.Entities, len(drawn))]
	}
	const block = 256
	unique := make([]int, (len(drawn)+block-1)/block)
	state := func() *drawer { return new(drawer) }
	err := parallel(ctx, t.most(len(unique)), len(unique), state, func(_ context.Context, s *drawer, b int) error {
		for _, c := range drawn[b*block : min((b+1)*block, len(drawn))] {
			if s.single(tr, c.entity, c.key, p) {
				unique[b]++
			}
		}
		return nil
	})
	if err != nil {
		return at, err
	}
	at.Drawn = len(drawn)
	for _, n := range unique {
		at.Unique += n
	}
	at.Share = share(at.Unique, at.Drawn)
	if at.Drawn > 0 {
		at.StandardError = math.Sqrt(at.Share * (1 - at.Share) / float64(at.Drawn))
	}
	return at, nil
}

type drawer struct {
	keys   []pointKey
	others []uint32
}

type pointKey struct {
	key   uint64
	point uint32
}

// single tells whether p points drawn of an entity are nobody else's.
func (s *drawer) single(tr *tracks, entity uint32, key uint64, p int) bool {
	s.keys = s.keys[:0]
	for _, point := range tr.of[entity].points {
		s.keys = append(s.keys, pointKey{mix(mix(key+uint64(p)) ^ tr.sign[point]), point})
	}
	slices.SortFunc(s.keys, func(a, b pointKey) int { return cmp.Compare(a.key, b.key) })
	mine := s.keys[:p]
	// The fewest entities first.
	slices.SortFunc(mine, func(a, b pointKey) int { return len(tr.at[a.point]) - len(tr.at[b.point]) })
	s.others = append(s.others[:0], tr.at[mine[0].point]...)
	for _, m := range mine[1:] {
		if len(s.others) == 1 {
			break
		}
		at := tr.at[m.point]
		s.others = slices.DeleteFunc(s.others, func(e uint32) bool {
			_, has := slices.BinarySearch(at, e)
			return !has
		})
	}
	return len(s.others) == 1
}
