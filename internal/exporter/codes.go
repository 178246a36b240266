package exporter

// The code lists of the Publications Office of the EU and of IANA.
const (
	authority  = "http://publications.europa.eu/resource/authority/"
	mediaTypes = "https://www.iana.org/assignments/media-types/"
	hvdList    = "http://data.europa.eu/bna/"
	hvdAct     = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
)

// licences are the addresses of licences.
var licences = map[string]string{
	"CC-BY-4.0": authority + "licence/CC_BY_4_0",
	"CC0-1.0":   authority + "licence/CC0",
}

// accessRights are the codes for ways of publishing.
var accessRights = map[string]string{
	"open_download": "PUBLIC", "open_api": "PUBLIC", "view_only": "PUBLIC",
	"restricted_application": "RESTRICTED", "secure_environment": "RESTRICTED",
	"internal": "NON_PUBLIC", "not_published": "NON_PUBLIC",
}

// hvdCategories are the codes of the categories of high-value datasets.
var hvdCategories = map[string]string{
	"geospatial": "c_ac64a52d", "earth_observation_environment": "c_dd313021", "meteorological": "c_164e0bf5",
	"statistics": "c_e1da4e07", "companies": "c_a9135398", "mobility": "c_b79e35eb",
}

// format is a file format in the lists of the EU and of IANA. Some have no code
// there.
type format struct {
	fileType, mediaType, extension string
}

var fileFormats = map[string]format{
	"CSV":     {"CSV", "text/csv", "csv"},
	"JSON":    {"JSON", "application/json", "json"},
	"GeoJSON": {"GEOJSON", "application/geo+json", "geojson"},
	"GPKG":    {"GPKG", "application/geopackage+sqlite3", "gpkg"},
	"GML":     {"GML", "application/gml+xml", "gml"},
	"PARQUET": {"", "application/vnd.apache.parquet", "parquet"},
	"XML":     {"XML", "application/xml", "xml"},
	"RDF":     {"RDF", "", "rdf"},
	"GTFS":    {"GTFS", "application/zip", "zip"},
	"DATEX2":  {"", "application/xml", "xml"},
	"NETEX":   {"", "application/xml", "xml"},
	"XLSX":    {"XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
	"PDF":     {"PDF", "application/pdf", "pdf"},
	"SHP":     {"SHP", "application/vnd.shp", "shp"},
}

// languages are the codes of the EU for languages.
var languages = map[string]string{
	"bg": "BUL", "ca": "CAT", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST", "eu": "EUS",
	"fi": "FIN", "fr": "FRA", "ga": "GLE", "gl": "GLG", "hr": "HRV", "hu": "HUN", "is": "ISL", "it": "ITA", "lt": "LIT", "lv": "LAV",
	"mt": "MLT", "nb": "NOB", "nl": "NLD", "nn": "NNO", "no": "NOR", "pl": "POL", "pt": "POR", "ro": "RON", "ru": "RUS", "se": "SME",
	"sk": "SLK", "sl": "SLV", "sv": "SWE", "uk": "UKR",
}
