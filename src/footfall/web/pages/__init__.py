"""One module per page or group of pages; each makes an APIRouter from what it is given."""
